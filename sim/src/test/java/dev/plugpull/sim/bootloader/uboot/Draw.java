package dev.plugpull.sim.bootloader.uboot;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Draws values from a source of chance. jqwik's own combinators compare whole trees of arbitraries at every draw, which
 * takes minutes for a grammar; these take microseconds.
 */
@FunctionalInterface
interface Draw<T> {

  T next(Random random);

  /** One choice and how often it is taken. */
  record Weight<T>(int count, Draw<T> draw) {}

  @SafeVarargs
  static <T> Draw<T> of(T... values) {
    return random -> values[random.nextInt(values.length)];
  }

  @SafeVarargs
  static <T> Draw<T> oneOf(Draw<T>... draws) {
    return random -> draws[random.nextInt(draws.length)].next(random);
  }

  static <T> Weight<T> weight(int count, Draw<T> draw) {
    return new Weight<>(count, draw);
  }

  @SafeVarargs
  static <T> Draw<T> frequencyOf(Weight<T>... weights) {
    int total = 0;
    for (Weight<T> weight : weights) {
      total += weight.count();
    }
    int all = total;
    return random -> {
      int at = random.nextInt(all);
      int i = 0;
      while (at >= weights[i].count()) {
        at -= weights[i++].count();
      }
      return weights[i].draw().next(random);
    };
  }

  static Draw<Integer> between(int least, int most) {
    return random -> least + random.nextInt(most - least + 1);
  }

  default <R> Draw<R> map(Function<T, R> change) {
    return random -> change.apply(next(random));
  }

  default Draw<T> filter(Predicate<T> wanted) {
    return random -> {
      T value = next(random);
      while (!wanted.test(value)) {
        value = next(random);
      }
      return value;
    };
  }

  default Draw<List<T>> list(int least, int most) {
    return random -> {
      List<T> values = new ArrayList<>();
      for (int i = least + random.nextInt(most - least + 1); i > 0; i--) {
        values.add(next(random));
      }
      return values;
    };
  }

  interface F2<A, B, R> { R apply(A a, B b); }

  interface F3<A, B, C, R> { R apply(A a, B b, C c); }

  interface F4<A, B, C, D, R> { R apply(A a, B b, C c, D d); }

  interface F5<A, B, C, D, E, R> { R apply(A a, B b, C c, D d, E e); }

  interface F6<A, B, C, D, E, F, R> { R apply(A a, B b, C c, D d, E e, F f); }

  static <A, B, R> Draw<R> both(Draw<A> a, Draw<B> b, F2<A, B, R> make) {
    return random -> make.apply(a.next(random), b.next(random));
  }

  static <A, B, C, R> Draw<R> both(Draw<A> a, Draw<B> b, Draw<C> c, F3<A, B, C, R> make) {
    return random -> make.apply(a.next(random), b.next(random), c.next(random));
  }

  static <A, B, C, D, R> Draw<R> both(Draw<A> a, Draw<B> b, Draw<C> c, Draw<D> d, F4<A, B, C, D, R> make) {
    return random -> make.apply(a.next(random), b.next(random), c.next(random), d.next(random));
  }

  static <A, B, C, D, E, R> Draw<R> both(
      Draw<A> a, Draw<B> b, Draw<C> c, Draw<D> d, Draw<E> e, F5<A, B, C, D, E, R> make) {
    return random -> make.apply(a.next(random), b.next(random), c.next(random), d.next(random), e.next(random));
  }

  static <A, B, C, D, E, F, R> Draw<R> both(
      Draw<A> a, Draw<B> b, Draw<C> c, Draw<D> d, Draw<E> e, Draw<F> f, F6<A, B, C, D, E, F, R> make) {
    return random -> make.apply(
        a.next(random), b.next(random), c.next(random), d.next(random), e.next(random), f.next(random));
  }
}
