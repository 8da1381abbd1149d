/**
 * Docker with an overlay2 layer store: an application is a container that is made anew when its tag has moved.
 *
 * <p>{@link dev.plugpull.sim.docker.DockerDevice} is the device. Durability points have the names of the specification:
 * D of a pull, C of a container that is made anew, V of a volume.
 *
 * <p>Fault model: one ext4 volume survives a boot. Files of a layer are unpacked without any sync unless the profile
 * says otherwise; records are written with a temporary file, fsync and rename. The base system is never written to.
 * What is not modelled: networks, swarm, the containerd store, pruning of images.
 */
package dev.plugpull.sim.docker;
