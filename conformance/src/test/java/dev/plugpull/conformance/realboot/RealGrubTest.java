package dev.plugpull.conformance.realboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.plugpull.conformance.machine.RunFolder;
import dev.plugpull.scenarios.family.Family;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.scenarios.ubuntucore.UbuntuCoreFamily;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.ubuntucore.CoreDevice;
import dev.plugpull.sim.ubuntucore.GrubPowerOn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A disk that is not the model's makes the real GRUB do something else, and that is seen. */
@Tag("vm")
class RealGrubTest {
  private static final String BLOCK = "/EFI/ubuntu/grubenv";

  @BeforeAll
  static void needsQemu() {
    try {
      RealLoaders.require();
    } catch (IOException e) {
      System.err.println("SKIPPED: " + e.getMessage());
      abort(e.getMessage());
    }
  }

  private static CoreDevice device() {
    Family family = new UbuntuCoreFamily();
    return (CoreDevice) family.device(Profile.standard(family).with("bootloader", "grub"), "kernel refresh");
  }

  private static List<String> differences(ModelBoot model, List<VolumeView> disk) throws IOException {
    try (RunFolder run = RunFolder.create()) {
      RealGrub grub = new RealGrub(((GrubPowerOn) device().loader()).stages(), run);
      DiskWriter writer = new DiskWriter(run.path(), grub.standIn());
      Path image = run.path().resolve("disk.img");
      return Comparison.of(grub, model, grub.boot(writer.write(disk, image), disk));
    }
  }

  @Test
  void aDiskThatIsWrittenWronglyIsCaught() throws IOException {
    ModelBoot model = ModelBoot.of(device().powerUp(device().start()), device().loader());
    assertThat(differences(model, model.before())).isEmpty();
    // The same variables, but the block asks for a trial that the model knows nothing of.
    List<VolumeView> wrong = model.before().stream().map(RealGrubTest::asksForTrial).toList();
    assertThat(wrong).isNotEqualTo(model.before());
    assertThat(differences(model, wrong)).anyMatch(what -> what.startsWith("the end: model 'starts a kernel'"))
        .anyMatch(what -> what.startsWith(BLOCK + " on ubuntu-boot"));
  }

  private static VolumeView asksForTrial(VolumeView volume) {
    if (!volume.label().equals("ubuntu-boot")) {
      return volume;
    }
    SortedMap<String, VolumeView.Entry> entries = new TreeMap<>(volume.entries());
    String block = "# GRUB Environment Block\nkernel_status=try\n";
    Content content = Content.of((block + "#".repeat(1024 - block.length())).getBytes(StandardCharsets.US_ASCII));
    entries.put(BLOCK, new VolumeView.Entry.File(content, new TreeMap<>()));
    return new VolumeView(volume.partition(), volume.label(), volume.name(), volume.type(), entries, volume.raw());
  }
}
