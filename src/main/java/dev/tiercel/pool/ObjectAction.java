package dev.tiercel.pool;

/**
 * Does something to an object of a pool.
 *
 * @param <T> the type of the objects
 */
@FunctionalInterface
public interface ObjectAction<T> {
  /**
   * Does it.
   *
   * @param object the object, which nobody else has meanwhile
   * @throws Exception if it fails; see where the action is given to the pool
   */
  void accept(T object) throws Exception;
}
