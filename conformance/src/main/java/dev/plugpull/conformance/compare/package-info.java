/**
 * Model against machine.
 *
 * <p>{@link dev.plugpull.conformance.compare.Predictor} explores the model of a target for what one power cut can leave
 * in each phase of its update, before the machine is tried. {@link dev.plugpull.conformance.compare.Comparison} holds
 * the judgements of a crash run against that, phase by phase, aligned by the marks of the recording.
 *
 * <p><b>Fault model.</b> That of a crash run: one cut, then boots with nobody who asks for the update again. A machine
 * outside the model's set is a defect of the model or a new bug. An outcome that the model allows and the machine never
 * showed proves nothing: another recording, or a state that was not judged, may show it. What agrees are sets of
 * outcomes in each phase, not single states.
 */
package dev.plugpull.conformance.compare;
