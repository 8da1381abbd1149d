package dev.plugpull.sim.ubuntucore.gadget;

import java.util.List;

/** Parses and judges a gadget.yaml for every kind of system: it is judged or refused, and nothing else may come out. */
public final class GadgetYamlFuzzHarness {

  private static final List<Target> TARGETS =
      List.of(Gadgets.UC18, Gadgets.UC22, Gadgets.UC22_ENCRYPTED, Gadgets.HYBRID, Gadgets.CLASSIC);

  private GadgetYamlFuzzHarness() {}

  /** Entry of the fuzzer. */
  public static void fuzzerTestOneInput(byte[] data) {
    try {
      GadgetYaml yaml = GadgetYaml.parse(data, "gadget.yaml");
      for (Target target : TARGETS) {
        check(GadgetValidator.validate(yaml, target));
      }
      Target.infer(yaml.info(), "", false);
      GadgetInfo info = yaml.info();
      check(GadgetCompatibility.check(info, info, Gadgets.UC22));
      UpdatePlan.of(info, info, Gadgets.UC22, UpdatePlan.Policy.REMODEL, KernelInfo.NONE);
      check(KernelInfo.parse(data, "kernel.yaml").findings());
    } catch (UnreadableGadgetException e) {
      if (!e.getMessage().startsWith("cannot read gadget: ")) {
        throw e;
      }
    }
  }

  private static void check(List<Finding> findings) {
    for (Finding finding : findings) {
      if (finding.message().isBlank() || finding.remedy().isBlank() || finding.line() < 0) {
        throw new IllegalStateException("a finding without message, remedy or line: " + finding);
      }
    }
  }
}
