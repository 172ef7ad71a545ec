package dev.tiercel.query;

import dev.tiercel.cache.CachePolicy;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.cache.TypeRef;
import dev.tiercel.cache.TypedCache;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is cached of the results of one method, and how: the declared type, made unmodifiable or
 * copied.
 */
final class ResultForm {
  private static final String MEMORY = "memory";

  private final WrappedMethod method;
  private final Type value;
  private final boolean isStage;

  /**
   * The form of the results of a method.
   *
   * @throws IllegalArgumentException if they cannot be cached
   */
  ResultForm(WrappedMethod method) {
    this.method = method;
    Class<?> raw = method.returnType();
    this.isStage = isStage(raw);
    if (isUnobservable(raw)) {
      throw new IllegalArgumentException(
          method
              + " returns a "
              + raw.getName()
              + ", whose value comes later; use passesThrough, or return a CompletionStage or"
              + " CompletableFuture");
    }
    Type declared = method.result();
    if (!isStage) {
      this.value = raw.isPrimitive() ? MethodType.methodType(raw).wrap().returnType() : declared;
    } else if (declared instanceof ParameterizedType generic) {
      this.value = generic.getActualTypeArguments()[0];
    } else {
      this.value = Object.class;
    }
  }

  /** Whether any future can stand for it. */
  static boolean isStage(Class<?> type) {
    return type == CompletionStage.class || type == CompletableFuture.class;
  }

  /**
   * Whether nobody can tell when what it stands for has happened, or the caller, who expects a
   * class of its own, cannot be told after the cache.
   */
  static boolean isUnobservable(Class<?> type) {
    return (!isStage(type)
            && (Future.class.isAssignableFrom(type)
                || CompletionStage.class.isAssignableFrom(type)))
        || Flow.Publisher.class.isAssignableFrom(type)
        || isReactive(type);
  }

  private static boolean isReactive(Class<?> type) {
    if (type.getName().equals("org.reactivestreams.Publisher")) {
      return true;
    }
    for (Class<?> each : type.getInterfaces()) {
      if (isReactive(each)) {
        return true;
      }
    }
    return type.getSuperclass() != null && isReactive(type.getSuperclass());
  }

  boolean isStage() {
    return isStage;
  }

  /** Makes what a result holds unmodifiable, where it is more than one collection. */
  Freezing freezing() {
    return isStage ? Freezing.ofAll(value) : Freezing.of(value);
  }

  /**
   * The views of a cache that its results are read from, by the traits of their keys.
   *
   * @throws IllegalArgumentException if the results can be changed and not copied, or the policy is
   *     none for the cache
   */
  TypedCache<Object>[] views(TieredCache cache, ReadRule<?, ?> rule) {
    try {
      TypedCache<Object> all = view(cache, rule);
      TypedCache<Object> careful =
          all.policy(all.policy().eager(0).softTimeout(Duration.ZERO).hardTimeout(Duration.ZERO));
      @SuppressWarnings({"unchecked", "rawtypes"}) // There are no arrays of generic types.
      TypedCache<Object>[] views = new TypedCache[4];
      views[0] = careful.upTo(MEMORY).into(MEMORY);
      views[CallKey.TOLD] = careful;
      views[CallKey.FIRM] = all.upTo(MEMORY).into(MEMORY);
      views[CallKey.TOLD | CallKey.FIRM] = all;
      return views;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(method + ": " + e.getMessage(), e);
    }
  }

  private TypedCache<Object> view(TieredCache cache, ReadRule<?, ?> rule) {
    @SuppressWarnings("unchecked") // All that goes in comes from the method.
    TypeRef<Object> type = (TypeRef<Object>) TypeRef.ofType(value);
    TypedCache<Object> view = cache.typed(type);
    CachePolicy policy = rule.policy() == null ? view.policy() : rule.policy();
    view = view.policy(rule.ttl() == null ? policy : policy.ttl(rule.ttl()));
    UnaryOperator<Object> copy = copy(rule.copy());
    if (copy == null) {
      Freezing.refuseMutable(value);
      return view;
    }
    return view.copyOnRead(copy);
  }

  @SuppressWarnings("unchecked") // It is for results of the method.
  private @Nullable UnaryOperator<Object> copy(@Nullable UnaryOperator<?> given) {
    if (given == null) {
      return ResolvedTypes.erasure(value).isArray() ? Freezing.copyOfArray(value) : null;
    }
    if (isStage) {
      throw new IllegalArgumentException(
          "copyOnRead would copy the stage and not its value; let it complete with something"
              + " immutable");
    }
    return (UnaryOperator<Object>) given;
  }
}
