#!/bin/bash
# Makes device.img: a Debian root without systemd, started by GRUB from the first sector. For the variables see
# docs/your-own-image.md.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export E2FSPROGS_FAKE_TIME=1700000000 MKE2FS_CONFIG=$ROOT/etc/mke2fs.conf
tool() {
  local program=$1
  shift
  "$ROOT/usr/lib64/ld-linux-x86-64.so.2" --library-path "$ROOT/usr/lib/x86_64-linux-gnu" "$ROOT/usr/$program" "$@"
}
d=$PWD/device
mkdir -p "$d"/{usr/bin,usr/sbin,usr/lib/x86_64-linux-gnu,usr/lib64,proc,sys,dev,run,tmp,var/log,boot/grub,system/1}
for n in bin sbin lib lib64; do ln -s usr/$n "$d/$n"; done
for p in sh dash cat cp mv ln ls mkdir rm sync sleep sha256sum echo mount sed grep; do
  cp -P "$ROOT/usr/bin/$p" "$d/usr/bin/"
done
ln -sf dash "$d/usr/bin/sh"
cp -L "$ROOT/usr/lib64/ld-linux-x86-64.so.2" "$d/usr/lib64/"
for p in "$d"/usr/bin/*; do
  "$ROOT/usr/lib64/ld-linux-x86-64.so.2" --library-path "$ROOT/usr/lib/x86_64-linux-gnu" --list "$(readlink -f "$p")" \
    | awk '$3 ~ /^\// { print $3 }'
done | sort -u | xargs -I{} cp -L {} "$d/usr/lib/x86_64-linux-gnu/"
install -m 755 "$here"/guest/init "$d/usr/sbin/"
install -m 755 "$here"/guest/update-* "$d/usr/bin/"
# Version 1 is installed; version 2 waits in a folder, as if it had been downloaded.
version() {
  mkdir -p "$2"
  echo "$1" >"$2/version"
  for n in 1 2 3 4 5 6; do { yes "part $n of version $1" || true; } 2>/dev/null | head -c 60000 >"$2/part$n"; done
  (cd "$2" && sha256sum version part* >SHA256SUMS)
}
version 1 "$d/system/1"
version 2 "$d/var/downloaded"
ln -s 1 "$d/system/current"
cp "$PACKAGES"/kernel/boot/vmlinuz-* "$d/boot/vmlinuz"
cp "$here/guest/grub.cfg" "$d/boot/grub/"
# Drivers of virtio disks are modules in Debian's kernels.
i=$PWD/initramfs
mkdir -p "$i"/{bin,dev,modules,sysroot}
cp "$ROOT/usr/bin/busybox" "$i/bin/"
for module in virtio virtio_ring virtio_pci virtio_pci_legacy_dev virtio_pci_modern_dev virtio_blk; do
  find "$PACKAGES/kernel/lib/modules" -name "$module.ko" -exec cp {} "$i/modules/" \;
done
install -m 755 "$here/guest/initramfs-init" "$i/init"
(cd "$i" && find . | LC_ALL=C sort | "$ROOT/usr/bin/busybox" cpio -o -H newc -R 0:0 2>/dev/null) >"$d/boot/initramfs"

truncate -s 95M part.img
tool sbin/mke2fs -q -t ext4 -b 4096 -m 0 -O ^metadata_csum,^64bit,^orphan_file \
  -E lazy_itable_init=0,lazy_journal_init=0,root_owner=0:0 -J size=4 -d "$d" part.img
truncate -s 96M "$OUT/device.img"
printf 'label: dos\nstart=2048,type=83,bootable\n' | tool sbin/sfdisk -q "$OUT/device.img"
dd if=part.img of="$OUT/device.img" bs=1M seek=1 conv=notrunc,sparse status=none
printf 'set prefix=(hd0,msdos1)/boot/grub\nset root=(hd0,msdos1)\n' >early.cfg
tool bin/grub-mkimage -d "$ROOT/usr/lib/grub/i386-pc" -O i386-pc -p '(hd0,msdos1)/boot/grub' -c early.cfg -o core.img \
  biosdisk part_msdos ext2 normal linux linux16 serial terminal terminfo configfile
dd if="$ROOT/usr/lib/grub/i386-pc/boot.img" of="$OUT/device.img" bs=440 count=1 conv=notrunc status=none
dd if=core.img of="$OUT/device.img" bs=512 seek=1 conv=notrunc status=none
