package dev.plugpull.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A U-Boot gadget whose script tries a new kernel and never saves that it did. */
public final class Samples {
  public static final List<String> SCRIPT = List.of(
      "# boot.scr.in: chooses the kernel of Ubuntu Core",
      "setenv envfile /uboot/ubuntu/boot.sel",
      "load ${devtype} ${devnum}:2 ${loadaddr} ${envfile}",
      "env import -c ${loadaddr} ${filesize} kernel_status snap_kernel snap_try_kernel",
      "setenv kernel_name ${snap_kernel}",
      "if test \"${kernel_status}\" = \"try\"; then",
      "  setenv kernel_status trying",
      "  setenv kernel_name ${snap_try_kernel}",
      "elif test \"${kernel_status}\" = \"trying\"; then",
      "  setenv kernel_status \"\"",
      "  env export -c -s 4096 ${loadaddr} kernel_status snap_kernel snap_try_kernel",
      "  save ${devtype} ${devnum}:2 ${loadaddr} ${envfile} 1000",
      "fi",
      "load ${devtype} ${devnum}:2 ${loadaddr} /uboot/ubuntu/${kernel_name}/kernel.img",
      "bootm ${loadaddr}");

  private Samples() {}

  public static Device device() {
    return new Device("acme", "3.2", "arm64", "Ubuntu Core 22", "u-boot", "boot.sel on FAT",
        "eMMC (512 B atomic, cache on)");
  }

  /** The usual certificate: one brick of the gadget, two hazards, one scenario not run. */
  public static Certificate neverSaves() {
    return with(1, 14, "");
  }

  /** A certificate without any counter-example. */
  public static Certificate passing() {
    var builder = base().verdict(Verdict.PASS);
    builder.requirement(new Requirement("NOBRICK", "comes back", Verdict.PASS, "held in every crash state",
        List.of("kernel refresh")));
    return builder.scenario(scenario("kernel refresh", Verdict.PASS, "", 9, List.of())).seal();
  }

  /** A certificate of any size, with {@code mark} put into every text that comes from a vendor. */
  public static Certificate with(int counterExamples, int points, String mark) {
    var examples = new ArrayList<CounterExample>();
    for (int i = 1; i <= counterExamples; i++) {
      examples.add(example("nobrick-" + i, mark));
    }
    List<String> ids = examples.stream().map(CounterExample::id).toList();
    boolean fails = counterExamples > 0;
    Verdict verdict = fails ? Verdict.FAIL : Verdict.PASS;
    var builder = base().verdict(verdict)
        .requirement(new Requirement("NOBRICK", "comes back", verdict,
            fails ? "after a kernel that panics, the device reboots for ever" : "held in every crash state", ids))
        .requirement(new Requirement("ATOM", "all or nothing", Verdict.PASS, "held in 18,332 crash states",
            List.of("kernel refresh", "base refresh")))
        .requirement(new Requirement("ROLLBACK", "bad update goes back", verdict,
            fails ? "the old kernel never runs again" : "", ids.stream().limit(1).toList()))
        .requirement(new Requirement("SPACE", "space returns", Verdict.UNKNOWN, "budget of 60 s ended", List.of()))
        .requirement(new Requirement("ANTIRB", "no downgrade", Verdict.NOT_RUN, "no revocation in this series",
            List.of()))
        .scenario(scenario("kernel refresh, new kernel panics" + mark, verdict, fails ? "NOBRICK" : "", points, ids))
        .scenario(scenario("base refresh", Verdict.PASS, "", 9, List.of()))
        .scenario(Scenario.notRun("gadget refresh", "needs --from OLD_GADGET"))
        .finding(new Finding("L1", "boot.scr.in" + mark, 8, Finding.Severity.WARNING,
            "variable `snap_try_kernal` is never set" + mark, "correct the name, or set it before line 8"))
        .finding(new Finding("V12", "gadget.yaml", 31, Finding.Severity.NOTE,
            "structure `ubuntu-save` has no minimum size", "add `min-size`"));
    examples.forEach(builder::counterExample);
    List<String> script = SCRIPT.stream().map(line -> line + mark).toList();
    return builder.excerpts(Excerpt.around(examples, file -> Optional.of(script), 4)).seal();
  }

  private static CertificateBuilder base() {
    return new CertificateBuilder(device())
        .tool("plugpull 0.1.0")
        .catalogue("Ubuntu Core, 17 scenarios")
        .command("./plugpull certify ../acme-gadget --seed 7")
        .seed(7)
        .option("series", "22")
        .input("../acme-gadget", "sha256:" + "5f".repeat(32))
        .assumption("medium: eMMC, 512 B are written whole or not at all, a flush is honest")
        .assumption("a kernel that panics resets the board after 5 s (panic=5)")
        .assumption("U-Boot 2023.01, old parser; commands taken from the script")
        .hazard(new Hazard("H-7", "snapd writes boot.sel in place", "power fails between the two sectors of the write",
            1_204, Party.PLATFORM))
        .hazard(new Hazard("D4", "neighbouring sectors damaged", "opt-in fault; strikes cards without journal", 12,
            Party.MEDIUM))
        .notLookedAt("gadget refresh: no old gadget was given")
        .notLookedAt("XFS: its rules were never measured");
  }

  private static Scenario scenario(String name, Verdict verdict, String why, int points, List<String> examples) {
    var map = map(points, examples);
    Outcomes outcomes = map.cells().stream().map(CrashMap.Cell::outcomes).reduce(Outcomes.NONE, Outcomes::plus);
    return new Scenario(name, verdict, why,
        new Exploration(1_204, points, outcomes.total(), 4_410, 13_922, 0, true, 3, 5_614, 0.4), outcomes, 31,
        List.of(new Scenario.Check("NOBRICK", verdict, why), new Scenario.Check("ATOM", Verdict.PASS, ""),
            new Scenario.Check("SPACE", Verdict.UNKNOWN, "budget of 60 s ended")), map);
  }

  private static CrashMap map(int count, List<String> examples) {
    String[] names = {"I4 snap mounted", "M2 modeenv renamed", "P5 boot.sel rewritten", "K3 kernel.img linked",
        "state.json checkpoint"};
    String[] media = {"ubuntu-data (ext4)", "ubuntu-data (ext4)", "ubuntu-boot (FAT)", "ubuntu-boot (FAT)",
        "ubuntu-data (ext4)"};
    var points = new ArrayList<CrashMap.Point>();
    var cells = new ArrayList<CrashMap.Cell>();
    for (int i = 0; i < count; i++) {
      points.add(new CrashMap.Point(names[i % 5], 1 + i / 5, i % 7 == 6 ? "bootloader" : "snapd", media[i % 5]));
      for (Loss loss : Loss.values()) {
        if (loss == Loss.TORN && i % 5 != 2) {
          continue;
        }
        boolean bad = !examples.isEmpty() && i >= count * 2 / 3 && loss != Loss.NOTHING_KEPT;
        Outcomes outcomes = Outcomes.NONE.plus(i > count / 2 ? Outcome.NEW : Outcome.OLD, 120 + 37L * i);
        cells.add(new CrashMap.Cell(i, loss, bad ? outcomes.plus(Outcome.BRICK, 4 + i) : outcomes, i % 3,
            bad ? List.of(examples.get(i % examples.size())) : List.of()));
      }
    }
    return new CrashMap(points, cells);
  }

  private static CounterExample example(String id, String mark) {
    return new CounterExample(id, "NOBRICK", "after a kernel that panics, the device reboots for ever" + mark,
        "kernel refresh, new kernel panics" + mark, Outcome.BRICK, 3, "for good", Party.GADGET,
        List.of("the reference script"),
        "boot.scr.in:7 sets kernel_status=trying but no line saves it; every boot reads `try` again" + mark, true, null,
        List.of(new FaultStep(1, "kernel acme-kernel_2 starts", 1, "kernel panics", List.of(), List.of()),
            new FaultStep(1, "P5 boot.sel rewritten", 1, "cut", List.of("first sector of boot.sel"),
                List.of("FAT entry of boot.sel" + mark, "modeenv.new"))),
        trace(mark), "./plugpull replay out/acme/" + id + ".json");
  }

  private static List<TraceStep> trace(String mark) {
    Map<String, String> disk = Map.of("current_kernels", "acme-kernel_1.snap, acme-kernel_2.snap",
        "base_status", "", "kernel of the running system", "acme-kernel_1.snap" + mark);
    Map<String, String> tried = Map.of("kernel_status", "try", "snap_kernel", "acme-kernel_1.snap",
        "snap_try_kernel", "acme-kernel_2.snap" + mark);
    return List.of(
        step(1, 0, "snapd", "P5 boot.sel rewritten", "asks for a try of acme-kernel_2 and reboots" + mark, 0, disk,
            tried),
        step(2, 4_200, "bootloader", "", "reads kernel_status=try, sets it to trying in memory only" + mark, 7, disk,
            tried),
        step(2, 4_900, "bootloader", "", "starts acme-kernel_2", 15, disk, tried),
        step(2, 6_100, "kernel", "", "panics; the board resets after 5 s", 0, disk, tried),
        step(3, 15_300, "bootloader", "", "reads kernel_status=try again: the flip was never saved", 7, disk, tried));
  }

  private static TraceStep step(int boot, long at, String actor, String point, String text, int line,
      Map<String, String> disk, Map<String, String> environment) {
    return new TraceStep(boot, at, actor, point, text, line == 0 ? null : new SourceLine("boot.scr.in", line), disk,
        environment);
  }
}
