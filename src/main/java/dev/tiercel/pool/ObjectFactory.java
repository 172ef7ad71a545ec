package dev.tiercel.pool;

/**
 * Makes the objects of a pool.
 *
 * @param <T> their type
 */
@FunctionalInterface
public interface ObjectFactory<T> {
  /**
   * Makes one. Called by any number of threads at once, each of which gets what it made.
   *
   * @return the object, never null, and never one that the pool has already
   * @throws Exception if it cannot be made; the caller gets a {@link PoolCreationException}
   */
  T create() throws Exception;
}
