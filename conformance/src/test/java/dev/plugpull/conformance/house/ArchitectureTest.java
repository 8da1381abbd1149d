package dev.plugpull.conformance.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The floors of the house, and determinism below the command: no clock and no chance that a seed does not fix. */
@Tag("house")
class ArchitectureTest {

  private static final String ROOT = "dev.plugpull.";

  /** Calls that give another answer on the next run. An empty argument list means: the call without arguments. */
  private static final Map<String, Set<String>> NOT_REPEATABLE = Map.of(
      "java.lang.System", Set.of("currentTimeMillis", "nanoTime"),
      "java.lang.Math", Set.of("random"),
      "java.util.UUID", Set.of("randomUUID"),
      "java.util.concurrent.ThreadLocalRandom", Set.of("current"),
      "java.time.Instant", Set.of("now"),
      "java.time.LocalDate", Set.of("now"),
      "java.time.LocalDateTime", Set.of("now"),
      "java.time.ZonedDateTime", Set.of("now"),
      "java.time.OffsetDateTime", Set.of("now"),
      "java.time.Clock", Set.of("systemUTC", "systemDefaultZone", "system"));

  private static final Set<String> SEEDLESS = Set.of("java.util.Random", "java.util.SplittableRandom",
      "java.security.SecureRandom");

  /** The disk that real machines use answers to real time, and so does what runs those machines. */
  private static final String[] REAL_TIME = {ROOT + "faultinjection.disk.nbd..", ROOT + "faultinjection.disk.log.."};

  private static JavaClasses classes;

  @BeforeAll
  static void read() {
    classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
        .importPackages("dev.plugpull");
  }

  @ParameterizedTest
  @CsvSource({
      "sim, faultinjection reports scenarios conformance",
      "faultinjection, reports scenarios conformance",
      "reports, sim scenarios conformance",
      "scenarios, conformance"
  })
  void aModuleUsesOnlyWhatStandsBelow(String module, String notBelow) {
    String[] above = List.of(notBelow.split(" ")).stream().map(m -> ROOT + m + "..").toArray(String[]::new);
    noClasses().that().resideInAPackage(ROOT + module + "..").should().dependOnClassesThat(resideInAnyPackage(above))
        .because("the floors are sim, fault-injection, reports, scenarios, conformance, and reports knows nothing of"
            + " devices; move the class down, or hand it in from above")
        .check(classes);
  }

  @Test
  void noPackageIsNamedAfterATechnicalLayer() {
    noClasses().should().resideInAnyPackage("..util..", "..utils..", "..impl..", "..common..", "..manager..",
            "..helper..", "..helpers..", "..misc..")
        .because("a package is a concept of the field; name it after what it models")
        .check(classes);
  }

  @Test
  void aSeedFixesARun() {
    noClasses().that(resideInAnyPackage(ROOT + "sim..", ROOT + "faultinjection..", ROOT + "reports..",
            ROOT + "scenarios..").and(resideOutsideOfPackages(REAL_TIME)))
        .should().callCodeUnitWhere(notRepeatable())
        .because("time and chance come from the run's clock and seed; hand them in")
        .check(classes);
  }

  @Test
  void onlyTheTestKitUsesTestLibraries() {
    noClasses().that(resideOutsideOfPackages(ROOT + "scenarios.junit..", ROOT + "scenarios.jqwik..",
            ROOT + "scenarios.assertj..", ROOT + "scenarios.allure.."))
        .should().dependOnClassesThat(resideInAnyPackage("org.junit..", "org.opentest4j..", "net.jqwik..",
            "org.assertj..", "io.qameta.."))
        .because("the command starts without these jars; only the test kit's packages may use them")
        .check(classes);
  }

  @Test
  void onlyTheCommandKnowsPicocli() {
    noClasses().that().resideOutsideOfPackage(ROOT + "conformance..")
        .should().dependOnClassesThat(resideInAnyPackage("picocli.."))
        .because("options are read in conformance; hand values down")
        .check(classes);
  }

  private static DescribedPredicate<JavaCall<?>> notRepeatable() {
    return new DescribedPredicate<>("a clock or a random number that no seed fixes") {
      @Override
      public boolean test(JavaCall<?> call) {
        CodeUnitCallTarget target = call.getTarget();
        JavaClass owner = target.getOwner();
        boolean seedless = target.getName().equals("<init>") && SEEDLESS.contains(owner.getName())
            && target.getRawParameterTypes().isEmpty();
        return seedless || NOT_REPEATABLE.getOrDefault(owner.getName(), Set.of()).contains(target.getName());
      }
    };
  }
}
