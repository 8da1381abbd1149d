package dev.plugpull.sim.microos;

import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * The meaning of a small file that names snapshots by number. Reduction <em>rename</em>: numbers count by their order
 * only, so a file is known by its fingerprint under another numbering.
 */
sealed interface Numbered {

  /** The text of the file. */
  String text();

  /** The same with other numbers. */
  Numbered renamed(IntUnaryOperator numbers);

  default Hash128 hash(IntUnaryOperator numbers) {
    return Hash128.of(getClass().getSimpleName() + renamed(numbers).text());
  }

  default Content content() {
    return Content.parsed(text(), this);
  }

  /** {@code transactional-update.comparewith}: the snapshot whose /etc is merged at first boot. */
  record CompareWith(int number) implements Numbered {
    @Override
    public String text() {
      return number + "\n";
    }

    @Override
    public CompareWith renamed(IntUnaryOperator numbers) {
      return new CompareWith(numbers.applyAsInt(number));
    }
  }

  /** {@code transactional-update.state}; absence: no snapshot is known to have worked. */
  record Working(List<Integer> snapshots) implements Numbered {
    public Working {
      snapshots = List.copyOf(snapshots);
    }

    @Override
    public String text() {
      return "LAST_WORKING_SNAPSHOTS=\"" + String.join(" ", snapshots.stream().map(String::valueOf).toList()) + "\"\n";
    }

    @Override
    public Working renamed(IntUnaryOperator numbers) {
      return new Working(snapshots.stream().map(numbers::applyAsInt).toList());
    }

    /** The snapshots of which only the last three are kept in mind. */
    Working with(int number) {
      List<Integer> more = new ArrayList<>(snapshots);
      more.remove(Integer.valueOf(number));
      more.addFirst(number);
      return new Working(more.subList(0, Math.min(3, more.size())));
    }
  }

  /**
   * {@code health-check.state}, written with {@code >} and then {@code >>}: may hold the first line only.
   *
   * @param complete false while the second line is missing
   * @param path true if the second line names a path instead of a number
   */
  record Good(int number, boolean complete, boolean path) implements Numbered {
    @Override
    public String text() {
      String first = "LAST_WORKING_BTRFS_ID=" + number + "\n";
      String named = path ? "@/.snapshots/" + number + "/snapshot" : Integer.toString(number);
      return complete ? first + "LAST_WORKING_SNAPSHOT=" + named + "\n" : first;
    }

    @Override
    public Good renamed(IntUnaryOperator numbers) {
      return new Good(numbers.applyAsInt(number), complete, path);
    }
  }

  /** {@code grub-snapshot.cfg} of one snapshot: a menu entry that boots it. */
  record GrubEntry(int number, boolean marked) implements Numbered {
    @Override
    public String text() {
      return GrubFiles.snapshotEntry(number, marked);
    }

    @Override
    public GrubEntry renamed(IntUnaryOperator numbers) {
      return new GrubEntry(numbers.applyAsInt(number), marked);
    }
  }

  /**
   * A boot entry on the EFI system partition, with the files that it names.
   *
   * @param kernel release of the kernel
   * @param initrd release of the initrd
   */
  record Entry(int snapshot, int kernel, int initrd) implements Numbered {
    @Override
    public String text() {
      return "title openSUSE MicroOS\nversion " + snapshot + "@" + kernel + "\noptions " + options() + "\nlinux "
          + BootEntry.kernel(kernel) + "\ninitrd " + BootEntry.initrd(initrd) + "\n";
    }

    String options() {
      return "root=LABEL=ROOT rd.timeout=60 panic=10 rootflags=subvol=@/.snapshots/" + snapshot + "/snapshot";
    }

    @Override
    public Entry renamed(IntUnaryOperator numbers) {
      return new Entry(numbers.applyAsInt(snapshot), kernel, initrd);
    }
  }

  /** {@code loader.conf} of systemd-boot; absence, or no line of this kind: the first entry of the menu. */
  record LoaderConf(int number) implements Numbered {
    @Override
    public String text() {
      return "timeout 3\ndefault os-" + number + ".conf\n";
    }

    @Override
    public LoaderConf renamed(IntUnaryOperator numbers) {
      return new LoaderConf(numbers.applyAsInt(number));
    }
  }

  /**
   * The line for /etc in a snapshot's fstab, old scheme.
   *
   * @param upper number of the snapshot whose upper directory takes the changes
   * @param lower layers below it, the nearest first; 0 stands for the snapshot's own /etc
   */
  record Layers(int upper, List<Integer> lower) implements Numbered {
    public Layers {
      lower = List.copyOf(lower);
    }

    @Override
    public String text() {
      return "overlay /etc overlay lowerdir=" + lowerOption() + ",upperdir=" + folder(upper) + ",x-initrd.mount 0 0\n";
    }

    /** The option that must fit into one page of memory. */
    String lowerOption() {
      return String.join(":", lower.stream().map(Layers::folder).toList());
    }

    private static String folder(int number) {
      return number == 0 ? "/sysroot/etc" : "/sysroot/var/lib/overlay/" + number + "/etc";
    }

    @Override
    public Layers renamed(IntUnaryOperator numbers) {
      return new Layers(numbers.applyAsInt(upper), lower.stream().map(numbers::applyAsInt).toList());
    }
  }
}
