package dev.tiercel.powerloss;

import java.util.List;

/**
 * What a process did.
 *
 * @param before the files that were there
 * @param operations what it did, in true order
 * @param after the files that it left
 * @param story what it said
 * @param seed its seed
 */
record Recording(Image before, List<Operation> operations, Image after, Story story, long seed) {}
