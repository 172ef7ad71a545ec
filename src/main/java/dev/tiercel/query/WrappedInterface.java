package dev.tiercel.query;

import dev.tiercel.query.WrappedMethod.Signature;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The methods of an interface, with those that it inherits, and how they are called on a target.
 */
final class WrappedInterface {
  private final Class<?> type;
  private final Object target;
  private final MethodHandles.@Nullable Lookup lookup;
  private final Map<Signature, WrappedMethod> methods = new LinkedHashMap<>();
  private final Map<Signature, WrappedMethod> bridges = new LinkedHashMap<>();

  /**
   * Looks an interface up.
   *
   * @throws IllegalArgumentException if its methods cannot be called without a lookup, or not by it
   */
  WrappedInterface(Class<?> type, Object target, MethodHandles.@Nullable Lookup lookup) {
    this.type = type;
    this.target = target;
    this.lookup = lookup;
    ResolvedTypes types = new ResolvedTypes(type);
    Map<Signature, Method> found = new LinkedHashMap<>();
    for (Method method : type.getMethods()) {
      if (!Modifier.isStatic(method.getModifiers())) {
        found.merge(Signature.of(method), method, WrappedInterface::moreSpecific);
      }
    }
    found.forEach(
        (signature, method) ->
            (method.isBridge() ? bridges : methods).put(signature, wrapped(method, types)));
  }

  private static Method moreSpecific(Method one, Method other) {
    if (one.isBridge() != other.isBridge()) {
      return one.isBridge() ? other : one;
    }
    return one.getReturnType().isAssignableFrom(other.getReturnType()) ? other : one;
  }

  private WrappedMethod wrapped(Method method, ResolvedTypes types) {
    // A bridge calls the method that has the rule; the target's own one would call its own.
    boolean isOwn = method.isDefault() && (method.isBridge() || !isOverridden(method));
    try {
      return new WrappedMethod(
          type,
          method,
          types.resolve(method.getGenericReturnType()),
          isOwn,
          WrappedMethod.spread(isOwn ? body(method) : onTarget(method)));
    } catch (IllegalAccessException e) {
      throw new IllegalArgumentException(
          WrappedMethod.label(type, method)
              + " cannot be called from here: "
              + type.getName()
              + " is not public or its module keeps it; call"
              + " Caching.of(MethodHandles.lookup(), …) from where it can be",
          e);
    }
  }

  private boolean isOverridden(Method method) {
    try {
      return target
              .getClass()
              .getMethod(method.getName(), method.getParameterTypes())
              .getDeclaringClass()
          != method.getDeclaringClass();
    } catch (NoSuchMethodException e) {
      return true; // Whatever it is.
    }
  }

  private MethodHandle onTarget(Method method) throws IllegalAccessException {
    MethodHandles.Lookup by = lookup == null ? MethodHandles.publicLookup() : lookup;
    return by.unreflect(method).bindTo(target);
  }

  /* The body of a default method, to be called on the wrapper. */
  private MethodHandle body(Method method) throws IllegalAccessException {
    Class<?> owner = method.getDeclaringClass();
    if (lookup != null) {
      return MethodHandles.privateLookupIn(owner, lookup).unreflectSpecial(method, owner);
    }
    MethodHandles.publicLookup().unreflect(method); // Says so if it cannot be called.
    return DefaultMethod.body(method);
  }

  /** All methods that a rule can be given. */
  List<WrappedMethod> methods() {
    return List.copyOf(methods.values());
  }

  /** Those that only the compiler knows; they call others on the wrapper. */
  List<WrappedMethod> bridges() {
    return List.copyOf(bridges.values());
  }

  /** Those that need a rule and have none. */
  List<WrappedMethod> missing(Set<Signature> named) {
    List<WrappedMethod> missing = new ArrayList<>();
    methods.forEach(
        (signature, method) -> {
          if (!named.contains(signature) && !method.isOwn() && !isOfObject(signature)) {
            missing.add(method);
          }
        });
    return missing;
  }

  static boolean isOfObject(Signature signature) {
    try {
      Class<?>[] parameters = signature.parameters().toArray(Class<?>[]::new);
      return Modifier.isPublic(Object.class.getMethod(signature.name(), parameters).getModifiers());
    } catch (NoSuchMethodException e) {
      return false;
    }
  }

  /**
   * The method that a reference names.
   *
   * @throws IllegalArgumentException if it is none of this interface
   */
  WrappedMethod find(SerializedLambda reference) {
    String name = reference.getImplMethodName();
    String owner = reference.getImplClass().replace('/', '.');
    if (!names().contains(owner)) {
      throw new IllegalArgumentException(
          owner + "." + name + " is no method of " + type.getName() + "; name one of its own");
    }
    List<WrappedMethod> all = new ArrayList<>(methods.values());
    all.addAll(bridges.values());
    for (WrappedMethod each : all) {
      if (each.method().getName().equals(name) && isMeant(each.method(), reference)) {
        return each.method().isBridge() ? bridged(each) : each;
      }
    }
    throw new IllegalArgumentException(
        type.getName() + " has no method " + name + " that can be called; name one that it has");
  }

  /* By the parameters alone: the result may be declared differently where it is inherited from. */
  private static boolean isMeant(Method method, SerializedLambda reference) {
    String descriptor = reference.getImplMethodSignature();
    return MethodType.methodType(void.class, method.getParameterTypes())
        .toMethodDescriptorString()
        .startsWith(descriptor.substring(0, descriptor.indexOf(')') + 1));
  }

  private WrappedMethod bridged(WrappedMethod bridge) {
    List<WrappedMethod> candidates =
        methods.values().stream()
            .filter(each -> isBridged(each.method(), bridge.method()))
            .toList();
    if (candidates.size() != 1) {
      throw new IllegalArgumentException(
          bridge + " may be any of " + candidates + "; name the one of " + type.getName());
    }
    return candidates.get(0);
  }

  private static boolean isBridged(Method method, Method bridge) {
    if (!method.getName().equals(bridge.getName())
        || method.getParameterCount() != bridge.getParameterCount()) {
      return false;
    }
    for (int i = 0; i < method.getParameterCount(); i++) {
      if (!bridge.getParameterTypes()[i].isAssignableFrom(method.getParameterTypes()[i])) {
        return false;
      }
    }
    return true;
  }

  private Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    collect(type, names);
    return names;
  }

  private static void collect(Class<?> type, Set<String> names) {
    if (names.add(type.getName())) {
      for (Class<?> each : type.getInterfaces()) {
        collect(each, names);
      }
    }
  }
}
