/**
 * Docker with an overlay2 layer store: an application is a container that is made anew when its tag has moved.
 *
 * <p>{@link dev.plugpull.sim.docker.DockerDevice} is the device. Durability points have the names of the specification:
 * D of a pull, C of a container that is made anew, V of a volume. C1 is a pull, so its points are D1 to D7; D2, the
 * check of digests, and D5, parent before child, write nothing.
 *
 * <p>Fault model: one ext4 volume survives a boot. Files of a layer are unpacked without any sync unless the profile
 * says otherwise; records are written with a temporary file, fsync and rename. Restart policies say which containers
 * run when the device starts; an orchestrator moves the tag, makes containers anew, looks at their health, goes back.
 * Two reductions: what an unpacking leaves that never was registered, and a container's folder without a readable
 * configuration, go with the next one of that name; real ones have random names and stay. What is not modelled:
 * networks, swarm, the containerd store, writable layers of containers, back-off between restarts.
 */
package dev.plugpull.sim.docker;
