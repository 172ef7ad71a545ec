package dev.tiercel.query;

import dev.tiercel.cache.CacheKey;
import java.util.Objects;

/**
 * Which method a key belongs to: two methods never share a key, nor do two wrappers unless they
 * have one name.
 */
final class MethodId {
  private final Class<?> type;
  private final String space;
  private final String signature;
  private final Class<?>[] parts;
  private final int hash;

  /**
   * The id of a method.
   *
   * @param space tells wrappers of one interface apart
   * @param signature the name of the method with the types of its parameters
   * @param parts of which types the parts of its keys are declared, without primitive ones
   */
  MethodId(Class<?> type, String space, String signature, Class<?>[] parts) {
    this.parts = parts;
    this.type = type;
    this.space = space;
    this.signature = signature;
    this.hash = Objects.hash(type.getName(), space, signature);
  }

  /** The segments with which the texts of its keys begin. */
  String text() {
    return CacheKey.join(type.getName(), space, signature);
  }

  /** The declared type of a part of its keys. */
  Class<?> part(int i) {
    return parts[i];
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof MethodId id
            && type == id.type
            && space.equals(id.space)
            && signature.equals(id.signature));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return text();
  }
}
