package dev.tiercel.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.tiercel.cache.TypeRef;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Types without variables, as if they had been written out. */
class ResolvedTypesTest {
  interface Reading<A, B extends Number> {
    A one();

    B bound();

    List<? extends A> some();

    A[] array();

    List<A>[] lists();

    Map<String, Map.Entry<A, ?>> entries();

    @SuppressWarnings("TypeParameterUnusedInFormals")
    <T extends Comparable<T>> T own();
  }

  interface Counting<C> extends Reading<C, Integer> {}

  interface Orders extends Runnable, Counting<Order> {}

  interface PastOrders extends Orders {}

  private static Type resolved(Class<?> type, String method) throws Exception {
    return new ResolvedTypes(type).resolve(declared(method));
  }

  private static Type declared(String method) throws Exception {
    return Reading.class.getDeclaredMethod(method).getGenericReturnType();
  }

  private static void assertWritten(TypeRef<?> written, Type resolved) {
    Type type = written.type();
    assertEquals(type, resolved);
    assertEquals(resolved, type);
    assertEquals(type.hashCode(), resolved.hashCode());
    assertEquals(type.toString(), resolved.toString());
  }

  @Test
  void variablesAreWhatTheyStandForInTheInterface() throws Exception {
    assertEquals(Order.class, resolved(Orders.class, "one"));
    assertEquals(Order.class, resolved(PastOrders.class, "one"));
    assertEquals(Integer.class, resolved(Orders.class, "bound"));
    assertEquals(Order[].class, resolved(Orders.class, "array"));
    assertWritten(new TypeRef<List<Order>>() {}, resolved(Orders.class, "some"));
    assertWritten(new TypeRef<List<Order>[]>() {}, resolved(Orders.class, "lists"));
    assertWritten(
        new TypeRef<Map<String, Map.Entry<Order, Object>>>() {}, resolved(Orders.class, "entries"));
  }

  @Test
  void whatStandsForNothingInParticularIsItsBound() throws Exception {
    assertEquals(Object.class, resolved(Reading.class, "one"));
    assertEquals(Number.class, resolved(Reading.class, "bound"));
    assertEquals(Object[].class, resolved(Reading.class, "array"));
    assertEquals(Comparable.class, resolved(Orders.class, "own"));
    assertEquals(String.class, new ResolvedTypes(Orders.class).resolve(String.class));
  }

  @Test
  void otherTypesAreNotEqual() throws Exception {
    Type some = resolved(Orders.class, "some");
    for (TypeRef<?> other :
        List.of(
            new TypeRef<List<String>>() {},
            new TypeRef<Collection<Order>>() {},
            TypeRef.of(List.class))) {
      assertNotEquals(some, other.type());
    }
    assertNotEquals(resolved(Orders.class, "lists"), new TypeRef<List<String>[]>() {}.type());
    assertNotEquals(resolved(Orders.class, "lists"), List[].class);
  }

  @Test
  void whoIsHandedTheArgumentsCannotChangeTheType() throws Exception {
    ParameterizedType some = (ParameterizedType) resolved(Orders.class, "some");
    some.getActualTypeArguments()[0] = String.class;
    assertWritten(new TypeRef<List<Order>>() {}, some);
  }

  @Test
  void everyTypeHasAClass() throws Exception {
    assertEquals(String.class, ResolvedTypes.erasure(String.class));
    assertEquals(List.class, ResolvedTypes.erasure(declared("some")));
    assertEquals(List[].class, ResolvedTypes.erasure(declared("lists")));
    assertEquals(Object[].class, ResolvedTypes.erasure(declared("array")));
    assertEquals(Number.class, ResolvedTypes.erasure(declared("bound")));
    assertEquals(Comparable.class, ResolvedTypes.erasure(declared("own")));
    Type any = ((ParameterizedType) declared("some")).getActualTypeArguments()[0];
    assertEquals(Object.class, ResolvedTypes.erasure(any));
  }
}
