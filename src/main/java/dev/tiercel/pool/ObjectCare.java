package dev.tiercel.pool;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the objects of a pool are made, made ready again, tested and disposed of. Nothing but the
 * making fails: what the user's code throws is logged and counted.
 *
 * @param <T> the type of the objects
 */
final class ObjectCare<T> {
  private static final Logger LOG = LoggerFactory.getLogger(ObjectPool.class);

  private final String pool;
  private final ObjectFactory<T> factory;
  private final @Nullable ObjectAction<? super T> reset;
  private final @Nullable Predicate<? super T> validator;
  private final ObjectAction<? super T> disposal;
  private final Tally tally;

  ObjectCare(ObjectPoolBuilder<T> settings, Tally tally) {
    this.pool = settings.name;
    this.factory = settings.factory;
    this.reset = settings.reset;
    this.validator = settings.validator;
    this.disposal = settings.disposal;
    this.tally = tally;
  }

  boolean validates() {
    return validator != null;
  }

  /**
   * Makes an object.
   *
   * @throws PoolCreationException if the factory throws an exception or returns null; its errors
   *     are thrown as they are
   */
  T create() {
    T object = null;
    try {
      object = factory.create();
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new PoolCreationException(
          "the factory of the pool '" + pool + "' could not make an object: " + e, e);
    } finally {
      (object == null ? tally.creationFailures : tally.created).increment();
    }
    if (object == null) {
      throw new PoolCreationException("the factory of the pool '" + pool + "' returned null", null);
    }
    return object;
  }

  /**
   * Makes an object ready for the next lease.
   *
   * @return whether it is
   */
  boolean reset(T object) {
    if (reset == null) {
      return true;
    }
    try {
      reset.accept(object);
      return true;
    } catch (Throwable e) {
      complain("could not be reset and is disposed of", e);
      return false;
    }
  }

  boolean isValid(T object) {
    if (validator == null) {
      return true;
    }
    try {
      return validator.test(object);
    } catch (Throwable e) {
      complain("could not be validated and is disposed of", e);
      return false;
    }
  }

  /**
   * Disposes of an object.
   *
   * @return what was thrown, or null
   */
  @Nullable Throwable dispose(T object) {
    tally.disposed.increment();
    try {
      disposal.accept(object);
      return null;
    } catch (Throwable e) {
      tally.disposalFailures.increment();
      complain("could not be disposed of and is left alone", e);
      return e;
    }
  }

  private void complain(String what, Throwable failure) {
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    LOG.warn("an object of the pool '{}' {}", pool, what, failure);
  }
}
