package dev.plugpull.sim.ostree;

import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.ostree.Sysroot.Deployment;

/** The initramfs: mounts the root file system, follows {@code ostree=}, checks composefs, hands over. */
final class PrepareRoot {

  /** An emergency shell or a dead init: nobody is there to use it. */
  static final class Emergency extends RuntimeException {
    private static final long serialVersionUID = 1;

    Emergency(String why) {
      super(why, null, false, false);
    }
  }

  private final Machine machine;

  PrepareRoot(Machine machine) {
    this.machine = machine;
  }

  Running run(BootOutcome.StartKernel kernel) {
    int initramfs = OstreeSetup.initramfsRelease(kernel.initrd());
    if (initramfs == Versions.NONE) {
      throw new Emergency("kernel panic: no usable initramfs");
    }
    machine.actor("initramfs");
    machine.root().mount();
    Tree tree = machine.root().tree();
    Deployment deployment;
    try {
      deployment = Sysroot.resolve(tree, argument(tree, kernel.commandLine()));
    } catch (SysrootError e) {
      throw new Emergency("ostree-prepare-root: " + e.getMessage());
    }
    boolean whole = content(tree, deployment);
    machine.step("ostree-prepare-root mounts " + deployment.path());
    return new Running(OstreeSetup.kernelRelease(kernel.kernel()), initramfs, deployment.release(), whole,
        deployment.folder());
  }

  private static String argument(Tree tree, String commandLine) {
    String link = Aboot.link(commandLine);
    if (link.isEmpty()) {
      return BootEntry.argument(commandLine);
    }
    String target = tree.target(link);
    if (target == null) {
      throw new SysrootError("cannot find OSTree root " + link + ": no such link");
    }
    return "/ostree/" + target;
  }

  /** True if all files of the deployment are there; false if some are damaged and the system starts all the same. */
  private boolean content(Tree tree, Deployment deployment) {
    Content usr = tree.content(deployment.path() + "/usr");
    boolean whole = OstreeSetup.usrRelease(usr) == deployment.release();
    if (machine.setup.board().composefs()) {
      Content image = tree.content(deployment.path() + "/.ostree.cfs");
      boolean good = whole && Deployer.composefs(deployment.release()).equals(image);
      if (!good) {
        throw new Emergency("ostree-prepare-root: composefs of " + deployment.folder() + " cannot be mounted");
      }
    }
    if (usr == null || usr.length() == 0) {
      throw new Emergency("no init in " + deployment.folder());
    }
    if (Etc.read(tree.content(deployment.path() + "/etc")) == null) {
      throw new Emergency("/etc of " + deployment.folder() + " is missing: systemd takes it for a first boot");
    }
    return whole;
  }
}
