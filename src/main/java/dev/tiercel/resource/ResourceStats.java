package dev.tiercel.resource;

/**
 * What a {@link ResourceManager} did so far. Immutable.
 *
 * @param name the manager's name
 * @param registered what it was ever given charge of; a child or a manager that was registered in
 *     it counts as one, and so does what came too late and was closed at once
 * @param open what of that it has still to close
 * @param closed resources that were closed, in their turn or before; those of a child or another
 *     manager count too, each, if they were closed with this one
 * @param failed resources whose closing threw
 * @param timedOut resources whose closing took longer than the time limit
 */
public record ResourceStats(
    String name, long registered, long open, long closed, long failed, long timedOut) {}
