package example;

import dev.plugpull.scenarios.junit.KeepsTheContract;
import dev.plugpull.scenarios.junit.UpdateScenario;

/** A scenario of Plugpull's own, in a file: one test a requirement, and no code. */
@UpdateScenario("kernel-refresh.yaml")
class KernelRefreshTest implements KeepsTheContract {}
