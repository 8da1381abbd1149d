package dev.plugpull.conformance.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What projects may call of the test kit is listed in {@code docs/public-api.txt}, so that no change goes unseen. */
class PublicApiTest {
  private static final List<String> KIT = List.of(
      "fault-injection:faultinjection.crashfs", "scenarios:scenarios.junit", "scenarios:scenarios.jqwik",
      "scenarios:scenarios.assertj", "scenarios:scenarios.allure", "scenarios:scenarios.trial");
  private static final String ROOT = "dev.plugpull.";
  private static final String REMEDY =
      "mvn -pl conformance -am test -Dtest=PublicApiTest -Dsurefire.failIfNoSpecifiedTests=false -Dpublic.api=write";

  @Test
  void theListSaysWhatThereIs() throws IOException, ClassNotFoundException {
    Path list = Sources.root().resolve("docs/public-api.txt");
    String now = String.join("\n", api()) + "\n";
    if (System.getProperty("public.api", "").equals("write")) {
      Files.writeString(list, now);
    }
    List<String> listed = Files.exists(list) ? Files.readAllLines(list) : List.of();
    List<String> there = now.lines().toList();
    assertThat(without(there, listed)).as("not in docs/public-api.txt; if projects may call it: %s", REMEDY).isEmpty();
    assertThat(without(listed, there)).as("gone, and projects may call it; if that is meant: %s", REMEDY).isEmpty();
    assertThat(listed).as("order of docs/public-api.txt; %s", REMEDY).isEqualTo(there);
  }

  private static List<String> without(List<String> all, List<String> others) {
    return all.stream().filter(line -> !others.contains(line)).toList();
  }

  private static List<String> api() throws ClassNotFoundException {
    List<String> lines = new ArrayList<>();
    lines.add("# What projects may call of the test kit. Written by PublicApiTest.");
    for (String entry : KIT) {
      String packageName = ROOT + entry.substring(entry.indexOf(':') + 1);
      Path folder = Sources.root().resolve(entry.substring(0, entry.indexOf(':'))).resolve("src/main/java")
          .resolve(packageName.replace('.', '/'));
      for (Path file : Sources.files(folder, ".java")) {
        String name = file.getFileName().toString().replace(".java", "");
        if (file.getParent().equals(folder) && !name.equals("package-info")) {
          tell(Class.forName(packageName + "." + name, false, PublicApiTest.class.getClassLoader()), lines);
        }
      }
    }
    return lines;
  }

  private static void tell(Class<?> type, List<String> lines) {
    if (!isOpen(type.getModifiers())) {
      return;
    }
    lines.add("");
    lines.add(shortly(type.toGenericString()));
    TreeSet<String> members = new TreeSet<>();
    Stream.of(type.getDeclaredFields()).filter(PublicApiTest::counts).map(Field::toGenericString)
        .forEach(members::add);
    Stream.of(type.getDeclaredConstructors()).filter(PublicApiTest::counts).map(Executable::toGenericString)
        .forEach(members::add);
    Stream.of(type.getDeclaredMethods()).filter(PublicApiTest::counts).map(Method::toGenericString)
        .forEach(members::add);
    members.forEach(member -> lines.add("  " + shortly(member)));
    Arrays.stream(type.getDeclaredClasses()).sorted(Comparator.comparing(Class::getName))
        .forEach(inner -> tell(inner, lines));
  }

  private static boolean counts(Member member) {
    return isOpen(member.getModifiers()) && !member.isSynthetic();
  }

  private static boolean isOpen(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  /** Without packages that everybody knows, and without what tells nothing to a caller. */
  private static String shortly(String words) {
    return words.replaceAll("\\b(java\\.(lang|util|util\\.function|util\\.stream|nio\\.file|io)\\.)(?=[A-Z])", "")
        .replace("public ", "").replace(ROOT, "");
  }
}
