package dev.plugpull.sim.microos;

import dev.plugpull.sim.media.Content;

/** The boot loader's scripts, as the generators of the distribution would write them for this device. */
final class GrubFiles {
  private static final String ARGUMENTS = "root=LABEL=ROOT rd.timeout=60 panic=10";
  private static final String MARK = """
        set health_checker_flag=1
        save_env -f "${env_block}" health_checker_flag
      """;

  private GrubFiles() {}

  /** {@code /boot/grub2/grub.cfg} of a snapshot: it names no number, because GRUB follows the default subvolume. */
  static Content configuration(boolean healthChecker) {
    return Content.text("""
        set env_block="%s"
        load_env -f "${env_block}"
        set default=0
        set timeout=3
        %smenuentry "openSUSE MicroOS" {
        %s  linux /boot/vmlinuz %s
          initrd /boot/initrd
        }
        """.formatted(
            Layout.ENVIRONMENT_BLOCK, healthChecker ? FALLBACK : "", healthChecker ? MARK : "", ARGUMENTS));
  }

  /** If the last start never got to user space: put a snapshot that has worked first, and take it. */
  private static final String FALLBACK = """
      if [ -z "${chosen}" ]; then
        if [ "${health_checker_flag}" -ge 1 ]; then
          set health_checker_flag=0
          save_env -f "${env_block}" health_checker_flag
          btrfs-mount-subvol ($root) /var /@/var
          if [ -e /var/lib/misc/health-check.state ]; then
            source /var/lib/misc/health-check.state
            if [ -n "${LAST_WORKING_SNAPSHOT}" ]; then
              set LAST_WORKING_SNAPSHOTS="${LAST_WORKING_SNAPSHOT}"
            fi
          fi
          if [ -z "${LAST_WORKING_SNAPSHOTS}" -a -e /var/lib/misc/transactional-update.state ]; then
            source /var/lib/misc/transactional-update.state
          fi
          if [ -n "${LAST_WORKING_SNAPSHOTS}" ]; then
            btrfs-mount-subvol ($root) /.snapshots @/.snapshots
            for snapshot in ${LAST_WORKING_SNAPSHOTS}; do
              if [ -e "/.snapshots/${snapshot}/grub-snapshot.cfg" ]; then
                menuentry "the last start failed" { true; }
                source /.snapshots/${snapshot}/grub-snapshot.cfg
                menuentry "-" { true; }
                set default=1
                break
              fi
            done
          fi
        fi
      fi
      """;

  static String snapshotEntry(int number, boolean marked) {
    String root = "/.snapshots/" + number + "/snapshot";
    return """
        menuentry "snapshot %d" {
        %s  linux %s/boot/vmlinuz %s rootflags=subvol=@%s
          initrd %s/boot/initrd
        }
        """.formatted(number, marked ? MARK : "", root, ARGUMENTS, root, root);
  }
}
