#!/bin/bash
# Makes disk.img (version A deployed by OSTree, booted by GRUB) and medium.img (a repository with version B).
# Needs nothing but bash, coreutils and what the builder unpacked: no loop device, no mount.
#
# Given by the builder: ROOT (unpacked packages with all they need), PACKAGES (each package of its own in a folder
# named by the target description), OUT (where the images go). The working directory is scratch.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
epoch=1700000000
export E2FSPROGS_FAKE_TIME=$epoch SOURCE_DATE_EPOCH=$epoch MKE2FS_CONFIG=$ROOT/etc/mke2fs.conf TZ=UTC
libraries=$ROOT/usr/lib/x86_64-linux-gnu

# Programs of the packages run with their own libraries: it does not matter what this machine has.
tool() {
  local program=$1
  shift
  "$ROOT/usr/lib64/ld-linux-x86-64.so.2" --library-path "$libraries" "$ROOT/usr/$program" "$@"
}
busybox() { "$ROOT/usr/bin/busybox" "$@"; }

# Prints the libraries that programs need, as paths in ROOT.
closure() {
  local program
  for program in "$@"; do
    "$ROOT/usr/lib64/ld-linux-x86-64.so.2" --library-path "$libraries" --list "$program" \
      | awk '$3 ~ /^\// { print $3 }'
  done | sort -u
}
copy_libraries() {
  local to=$1
  shift
  mkdir -p "$to/usr/lib/x86_64-linux-gnu" "$to/usr/lib64"
  cp -L "$ROOT/usr/lib64/ld-linux-x86-64.so.2" "$to/usr/lib64/"
  closure "$@" | xargs -I{} cp -L {} "$to/usr/lib/x86_64-linux-gnu/"
}

# initramfs VERSION TARGET PACKAGE: the smallest that mounts the disk and hands it to ostree-prepare-root.
initramfs() {
  local version=$1 to=$2 package=$3 d=$PWD/initramfs-$1 module
  rm -rf "$d"
  mkdir -p "$d"/{bin,proc,sys,dev,sysroot,run,modules,usr/lib/ostree}
  for module in virtio virtio_ring virtio_pci virtio_pci_legacy_dev virtio_pci_modern_dev virtio_blk; do
    find "$package/lib/modules" -name "$module.ko" -exec cp {} "$d/modules/" \;
  done
  ln -s usr/lib "$d/lib"
  ln -s usr/lib64 "$d/lib64"
  cp "$ROOT/usr/bin/busybox" "$d/bin/"
  ln -s busybox "$d/bin/sh"
  cp "$PACKAGES/ostree-boot/usr/lib/ostree/ostree-prepare-root" "$d/usr/lib/ostree/"
  copy_libraries "$d" "$d/usr/lib/ostree/ostree-prepare-root"
  echo "$version" >"$d/version"
  install -m 755 "$here/guest/initramfs-init" "$d/init"
  find "$d" -exec touch -hd @$epoch {} +
  (cd "$d" && find . | LC_ALL=C sort | busybox cpio -o -H newc -R 0:0 2>/dev/null) | tool bin/zstd -q -10 >"$to"
}

# tree VERSION PACKAGE TARGET: the root of one version, with the kernel of PACKAGE.
tree() {
  local version=$1 package=$PACKAGES/$2 d=$3 kernel applet n
  kernel=$(basename "$package"/boot/vmlinuz-* | sed 's/^vmlinuz-//')
  rm -rf "$d"
  mkdir -p "$d"/{usr/bin,usr/lib/plugpull/data,usr/lib/ostree,usr/etc,sysroot,boot,dev,proc,run,sys,var,tmp}
  mkdir -p "$d/usr/lib/modules/$kernel" "$d/usr/share/ostree/trusted.gpg.d"
  for n in bin:usr/bin sbin:usr/bin lib:usr/lib lib64:usr/lib64 ostree:sysroot/ostree; do ln -s "${n#*:}" "$d/${n%%:*}"; done
  ln -s bin "$d/usr/sbin"
  cp "$ROOT/usr/bin/busybox" "$d/usr/bin/"
  for applet in $("$ROOT/usr/bin/busybox" --list); do
    [ "$applet" = busybox ] || ln -s busybox "$d/usr/bin/$applet"
  done
  cp "$ROOT/usr/bin/ostree" "$d/usr/bin/"
  cp "$PACKAGES/ostree-boot/usr/lib/ostree/ostree-remount" "$d/usr/lib/ostree/"
  copy_libraries "$d" "$d/usr/bin/ostree" "$d/usr/lib/ostree/ostree-remount"
  cp "$package/boot/vmlinuz-$kernel" "$d/usr/lib/modules/$kernel/vmlinuz"
  initramfs "$version" "$d/usr/lib/modules/$kernel/initramfs.img" "$package"
  printf 'NAME=Plugpull\nID=plugpull\nVERSION_ID=%s\n' "$version" >"$d/usr/lib/os-release"
  ln -s ../usr/lib/os-release "$d/usr/etc/os-release"
  echo 'root:x:0:0:root:/:/bin/sh' >"$d/usr/etc/passwd"
  echo 'root:x:0:' >"$d/usr/etc/group"
  echo "$version" >"$d/usr/etc/plugpull-version"
  install -m 755 "$here/guest/init" "$d/usr/bin/init.plugpull"
  ln -sf init.plugpull "$d/usr/bin/init"
  # What differs between the versions, spread over many files.
  for n in $(seq 1 48); do
    { yes "version $version, file $n" || true; } 2>/dev/null | head -c 24576 >"$d/usr/lib/plugpull/data/$n"
  done
  (cd "$d/usr" && find lib/plugpull/data lib/os-release lib/ostree bin/init.plugpull bin/busybox -type f | LC_ALL=C sort) \
    >"$d/usr/lib/plugpull/manifest"
  find "$d" -exec touch -hd @$epoch {} +
}

ostree() { tool bin/ostree "$@"; }
commit() {
  ostree --repo="$1" commit -b plugpull/main --tree=dir="$2" --timestamp=@$epoch --owner-uid=0 --owner-gid=0 \
    --no-xattrs -s "$3" >/dev/null
}

tree A kernel-a "$PWD/tree-a"
tree B kernel-b "$PWD/tree-b"

# ---- the system with version A -------------------------------------------------------------------------------------
sysroot=$PWD/sysroot
export OSTREE_SYSROOT_DEBUG=mutable-deployments
mkdir "$sysroot"
ostree admin init-fs "$sysroot"
ostree admin os-init --sysroot="$sysroot" plugpull
ostree --repo="$sysroot/ostree/repo" config set sysroot.readonly false
ostree --repo="$sysroot/ostree/repo" config set sysroot.bootprefix true
ostree --repo="$sysroot/ostree/repo" config set sysroot.bootloader syslinux
# GRUB reads the file that OSTree writes for syslinux; an empty one would leave GRUB at its prompt.
mkdir -p "$sysroot/boot/syslinux" "$sysroot/boot/loader.0" "$sysroot/boot/grub"
ln -s loader.0 "$sysroot/boot/loader"
ln -s ../loader/syslinux.cfg "$sysroot/boot/syslinux/syslinux.cfg"
printf 'TIMEOUT 1\nPROMPT 0\n' >"$sysroot/boot/loader/syslinux.cfg"
cp "$here/guest/grub.cfg" "$sysroot/boot/grub/"
commit "$sysroot/ostree/repo" "$PWD/tree-a" A
arguments=()
for a in root=/dev/vda1 rw console=ttyS0 quiet panic=-1 no_timer_check nokaslr mitigations=off \
  cryptomgr.notests random.trust_cpu=off; do
  arguments+=("--karg=$a")
done
ostree admin deploy --sysroot="$sysroot" --os=plugpull "${arguments[@]}" plugpull/main

# ---- the disk ------------------------------------------------------------------------------------------------------
uuid=11111111-2222-3333-4444-555555555555
make_ext4() { # FOLDER IMAGE FEATURES OPTIONS...
  local from=$1 image=$2 features=$3
  shift 3
  tool sbin/mke2fs -q -t ext4 -b 4096 -U $uuid -m 0 -O "$features" \
    -E "hash_seed=$uuid,lazy_itable_init=0,lazy_journal_init=0,root_owner=0:0" -d "$from" "$@" "$image"
}
truncate -s 223M part.img
make_ext4 "$sysroot" part.img ^metadata_csum,^64bit,^orphan_file -J size=8
truncate -s 224M "$OUT/disk.img"
printf 'label: dos\nlabel-id: 0x12345678\nstart=2048,type=83,bootable\n' | tool sbin/sfdisk -q "$OUT/disk.img"
dd if=part.img of="$OUT/disk.img" bs=1M seek=1 conv=notrunc,sparse status=none
printf 'set prefix=(hd0,msdos1)/boot/grub\nset root=(hd0,msdos1)\n' >early.cfg
tool bin/grub-mkimage -d "$ROOT/usr/lib/grub/i386-pc" -O i386-pc -p '(hd0,msdos1)/boot/grub' -c early.cfg -o core.img \
  biosdisk part_msdos ext2 normal linux linux16 serial terminal terminfo configfile syslinuxcfg echo test
[ "$(stat -c %s core.img)" -lt $((2047 * 512)) ]
# boot.img expects the rest of GRUB in the sectors after it, so no installer is needed.
dd if="$ROOT/usr/lib/grub/i386-pc/boot.img" of="$OUT/disk.img" bs=440 count=1 conv=notrunc status=none
dd if=core.img of="$OUT/disk.img" bs=512 seek=1 conv=notrunc status=none

# ---- what the update comes from ------------------------------------------------------------------------------------
mkdir medium
ostree --repo=medium/repo init --mode=archive
commit medium/repo "$PWD/tree-b" B
ostree --repo=medium/repo summary -u
truncate -s $(($(du -sm medium | cut -f1) + 8))M "$OUT/medium.img"
make_ext4 medium "$OUT/medium.img" ^has_journal,^metadata_csum
