package dev.plugpull.conformance.certify;

import dev.plugpull.reports.CertificateBuilder;
import dev.plugpull.reports.Device;
import dev.plugpull.scenarios.family.Families;
import dev.plugpull.scenarios.family.Family;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.scenarios.family.ProfileFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** Certifies the device of a profile, of whichever family: from a file to a sealed certificate. */
public final class ProfileCertification {
  private final Path file;
  private final Terms terms;
  private final Listener listener;
  private final InstantSource clock;

  public ProfileCertification(Path file, Terms terms, Listener listener, InstantSource clock) {
    this.file = file;
    this.terms = terms;
    this.listener = listener;
    this.clock = clock;
  }

  /**
   * Certifies.
   *
   * @throws dev.plugpull.scenarios.family.UnreadableProfileException if the file is no profile
   */
  public Certified run() throws IOException {
    ProfileFile read = ProfileFile.read(file);
    Profile profile = read.profile();
    Family family = Families.named(profile.family(), file.toString());
    Terms wanted = terms.scenario().isEmpty()
        ? terms.only(read.scenario())
        : terms;
    if (!wanted.scenario().isEmpty()) {
      family.requireScenario(profile, wanted.scenario(), file.toString());
    }
    CertificateBuilder certificate = new CertificateBuilder(device(family, profile))
        .tool("plugpull 0.1")
        .strict(wanted.strict())
        .catalogue(family.title())
        .seed(wanted.seed())
        .option(Repetition.PROFILE, profile.name())
        .option("scenario", wanted.scenario())
        .input(file.toString(), Digests.of(file));
    profile.settings().forEach((setting, value) -> certificate.option("setting." + setting, value));
    profile.variants().forEach(variant -> certificate.option("variant." + variant, "true"));
    profile.variants().forEach(variant -> certificate.assumption(
        "departs from the real system: " + variant + ", " + family.variants().get(variant)));
    family.assumptions(profile).forEach(certificate::assumption);
    Subject subject = new ProfileSubject(family, profile);
    Assessment assessment = new Assessment(certificate, wanted, subject);
    boolean finished = new Examination(subject, wanted, listener, clock).run(assessment);
    return new Certified(assessment.sealed(List.of(), !finished), subject.scripts());
  }

  private static Device device(Family family, Profile profile) {
    return new Device(profile.name(), "", "", family.title(), profile.settings().getOrDefault("bootloader", ""), "",
        profile.settings().getOrDefault(Family.MEDIUM, ""));
  }
}
