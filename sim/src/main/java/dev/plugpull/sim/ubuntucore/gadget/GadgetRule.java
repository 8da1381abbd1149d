package dev.plugpull.sim.ubuntucore.gadget;

/**
 * Every rule a gadget is held to.
 *
 * <p>V rules are those of section 5.2 of the behaviour specification: V1 to V15 need only the file, V20 to V26 also the
 * kind of system. C rules look at the content, U rules compare with an older gadget (section 5.3). Y rules are about
 * the YAML itself.
 */
public enum GadgetRule {
  /** A value has a type that snapd's parser refuses, such as a list where one word is meant. */
  Y1("values have the type that snapd expects", Finding.Severity.ERROR),
  /** A key appears twice in one map: snapd silently takes the last. */
  Y2("no key appears twice", Finding.Severity.WARNING),
  /** A key that snapd does not know and silently ignores, often a slip of the pen. */
  Y3("every key is known", Finding.Severity.WARNING),

  /** Volumes are there, exactly one names a boot loader, and it is a known one that fits the system. */
  V1("exactly one known boot loader over all volumes", Finding.Severity.ERROR),
  /** Volume name and schema. */
  V2("volume names and schemas are valid", Finding.Severity.ERROR),
  /** Each structure has a size, and min-size is not above it. */
  V3("structures have a size, min-size is not above it", Finding.Severity.ERROR),
  /** The partition type has a form that the schema allows. */
  V4("structure types fit the schema", Finding.Severity.ERROR),
  /** The role is known and does not conflict with the type. */
  V5("roles are known and fit the type", Finding.Severity.ERROR),
  /** The master boot record: at most 446 bytes, at offset 0, no id, no file system. */
  V6("the mbr structure fits into the boot sector", Finding.Severity.ERROR),
  /** The file system is one that snapd makes. */
  V7("file systems are known", Finding.Severity.ERROR),
  /** Content of file systems has source and target, content of raw structures an image. */
  V8("content fits the kind of structure", Finding.Severity.ERROR),
  /** {@code update.preserve} only on file systems, without repetition. */
  V9("preserve lists are on file systems and without repetition", Finding.Severity.ERROR),
  /** Structure names and file-system labels are unique in a volume. */
  V10("names and labels are unique", Finding.Severity.ERROR),
  /** Structures do not overlap. */
  V11("structures do not overlap", Finding.Severity.ERROR),
  /** Overlap with the area of the GPT: snapd only warns, because the block size is not known. */
  V12("structures keep clear of the partition table", Finding.Severity.WARNING),
  /** Where the offset of a structure is written. */
  V13("offset-write points into the first structure or the volume", Finding.Severity.ERROR),
  /** The raw partition of the redundant U-Boot environment. */
  V14("system-boot-state is raw, placed, of 1 MiB and of the right type", Finding.Severity.ERROR),
  /** Kernel arguments that a gadget may not set. */
  V15("kernel arguments are allowed", Finding.Severity.ERROR),
  /** Plugs and slots of connections, keys of defaults. */
  V16("connections and defaults name a snap id or system", Finding.Severity.ERROR),
  /** Assignments of volumes to disks. */
  V17("volume assignments name volumes and stable device paths", Finding.Severity.ERROR),

  /** Each system role at most once over all volumes. */
  V20("each system role at most once", Finding.Severity.ERROR),
  /** A structure without role must not carry a label that snapd searches for. */
  V21("reserved labels only with their role", Finding.Severity.ERROR),
  /** Ubuntu Core 20 and later: seed and data with their labels, all in one volume. */
  V22("core with modes has seed and data, in one volume", Finding.Severity.ERROR),
  /** Ubuntu Core 16 and 18: no seed, no save. */
  V23("core without modes has no seed and no save", Finding.Severity.ERROR),
  /** Hybrid classic: boot and data with their labels, boot chain in one volume. */
  V24("hybrid has boot and data, in one volume", Finding.Severity.ERROR),
  /** What encryption needs. */
  V25("encryption has modes and a save partition", Finding.Severity.ERROR),
  /** Hardware partitions of an eMMC. */
  V26("eMMC volumes carry only boot0 and boot1 images", Finding.Severity.ERROR),

  /** A source named in the content is in the gadget. */
  C1("content sources exist", Finding.Severity.ERROR),
  /** A source that ends in a slash is a folder. */
  C2("a source with a trailing slash is a folder", Finding.Severity.ERROR),
  /** {@code $kernel:} references are well formed and resolve. */
  C3("kernel references resolve", Finding.Severity.ERROR),
  /** An asset with {@code update: true} is used by some structure, otherwise snapd refuses the kernel. */
  C4("kernel assets that need an update are used", Finding.Severity.ERROR),
  /** Images fit into their structure and do not overlap. */
  C5("images fit", Finding.Severity.ERROR),
  /** Data and save may be encrypted, so content cannot be put there. */
  C6("encrypted structures have no content", Finding.Severity.ERROR),
  /** A boot configuration that snapd manages is in the content: an update ignores it. */
  C7("managed boot configurations are left to snapd", Finding.Severity.WARNING),
  /** The updater refuses symbolic links. */
  C8("content has no symbolic links", Finding.Severity.ERROR),
  /** The marker file that tells snapd the boot loader. */
  C9("the marker file of the boot loader is there", Finding.Severity.ERROR),
  /** More than one marker: snapd takes the first it looks for. */
  C10("there is one marker file only", Finding.Severity.WARNING),

  /** The same set of volumes. */
  U1("volumes stay the same", Finding.Severity.ERROR),
  /** The same number of structures per volume. */
  U2("the number of structures stays the same", Finding.Severity.ERROR),
  /** Name (GPT), role, id of a structure. */
  U3("name, role and id of structures stay the same", Finding.Severity.ERROR),
  /** Types share at least one of MBR code and GUID, or move from type mbr to role mbr. */
  U4("structure types stay compatible", Finding.Severity.ERROR),
  /** File system and label. */
  U5("file systems and labels stay the same", Finding.Severity.ERROR),
  /** The ranges of sizes meet. */
  U6("sizes stay compatible", Finding.Severity.ERROR),
  /** The ranges of offsets meet. */
  U7("offsets stay compatible", Finding.Severity.ERROR),
  /** Schema, volume id and boot loader. */
  U8("schema, id and boot loader of volumes stay the same", Finding.Severity.ERROR);

  private final String title;
  private final Finding.Severity severity;

  GadgetRule(String title, Finding.Severity severity) {
    this.title = title;
    this.severity = severity;
  }

  /** Stable id, such as {@code V11}. */
  public String id() {
    return name();
  }

  /** What holds when the rule is kept. */
  public String title() {
    return title;
  }

  public Finding.Severity severity() {
    return severity;
  }
}
