package dev.plugpull.sim.bootloader.grub;

import dev.plugpull.sim.bootloader.BootMachine;
import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * GRUB as a program: runs the scripts that it finds on a machine's volumes.
 *
 * <p>One object stands for one build and serves any number of boots and threads; it keeps parsed scripts by content, so
 * that a boot does not parse. Nothing else is kept from one boot to the next.
 */
public final class Grub {

  private static final int MOST_SCRIPTS = 512;

  private final GrubConfig config;
  private final Variables initial;
  private final Map<Key, GrubScript> parsed = new ConcurrentHashMap<>();

  private record Key(String file, Hash128 hash) {}

  public Grub(GrubConfig config) {
    this.config = config;
    this.initial = initial(config);
  }

  public GrubConfig config() {
    return config;
  }

  /** Boots: the embedded script if there is one, then {@code grub.cfg} of the prefix. */
  public GrubRun boot(BootMachine machine) {
    return run(machine, null);
  }

  /** Boots with another configuration file than the prefix's {@code grub.cfg}. */
  public GrubRun boot(BootMachine machine, String configuration) {
    return run(machine, configuration);
  }

  private GrubRun run(BootMachine machine, String configuration) {
    Interpreter in = new Interpreter(config, machine, this::script, initial.copy());
    BootOutcome outcome;
    try {
      if (!config.embedded().isEmpty()) {
        RescueParser.run(in, config.embedded());
      }
      String prefix = in.variables().get("prefix");
      NormalMode.enter(in, configuration == null ? prefix + "/grub.cfg" : configuration);
      outcome = new BootOutcome.Hang("GRUB returned to nothing");
    } catch (BootEnded end) {
      outcome = end.outcome;
    }
    return in.result(outcome);
  }

  private static Variables initial(GrubConfig config) {
    Variables variables = new Variables();
    variables.set("prefix", config.prefix());
    FilePath prefix = FilePath.parse(config.prefix());
    if (prefix != null && prefix.device() != null) {
      variables.set("root", prefix.device());
      variables.set("cmdpath", "(" + prefix.device() + ")/EFI/boot");
    }
    for (String feature :
        new String[] {"200_final", "all_video_module", "chainloader_bpb", "default_font_path", "menuentry_id",
          "menuentry_options", "nativedisk_cmd", "ntldr", "platform_search_hint", "timeout_style"}) {
      variables.set("feature_" + feature, "y");
      variables.export("feature_" + feature);
    }
    variables.set("grub_cpu", "x86_64");
    variables.set("grub_platform", "efi");
    config.variables().forEach(variables::set);
    for (String name : new String[] {"root", "prefix", "cmdpath", "grub_cpu", "grub_platform"}) {
      if (variables.get(name) != null) {
        variables.export(name);
      }
    }
    return variables;
  }

  private GrubScript script(String file, Content content) {
    if (content.value() instanceof GrubScript script) {
      return script;
    }
    if (parsed.size() > MOST_SCRIPTS) {
      parsed.clear();
    }
    Key key = new Key(file, content.hash());
    GrubScript script = parsed.get(key);
    if (script == null) {
      script = GrubScript.of(file, content);
      parsed.put(key, script);
    }
    return script;
  }
}
