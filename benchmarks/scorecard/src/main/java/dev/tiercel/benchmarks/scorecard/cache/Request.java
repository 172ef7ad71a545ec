package dev.tiercel.benchmarks.scorecard.cache;

import dev.tiercel.benchmarks.scorecard.Side;

/**
 * What an application may ask; equal requests have equal answers, as long as nothing is written.
 */
interface Request {
  /** The answer of a side. */
  Object from(Side side);

  /** How many tasks an agent has. */
  record Count(String agent) implements Request {
    @Override
    public Object from(Side side) {
      return side.countOfAgent(agent);
    }
  }
}
