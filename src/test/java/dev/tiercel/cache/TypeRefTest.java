package dev.tiercel.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Types that are known from reflection only. */
class TypeRefTest {
  private static void assertSame(TypeRef<?> expected) {
    TypeRef<?> found = TypeRef.ofType(expected.type());
    assertEquals(expected, found);
    assertEquals(expected.hashCode(), found.hashCode());
    assertEquals(expected.type(), found.type());
    assertEquals(expected.toString(), found.toString());
  }

  @Test
  void aTypeFromReflectionIsTheOneThatIsNamed() {
    assertSame(TypeRef.of(String.class));
    assertSame(TypeRef.of(int[].class));
    assertSame(new TypeRef<Map<String, List<Integer>>>() {});
    assertSame(new TypeRef<List<String>[]>() {});
    assertNotEquals(
        new TypeRef<List<String>>() {}.hashCode(), new TypeRef<List<Integer>>() {}.hashCode());
  }

  private static void assertRefused(Type type) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> TypeRef.ofType(type));
    assertEquals(type + " does not say what its values are; name a class", refusal.getMessage());
  }

  @Test
  void aTypeThatMayBeManyIsRefused() {
    ParameterizedType list = (ParameterizedType) new TypeRef<List<? extends Number>>() {}.type();
    assertRefused(list.getActualTypeArguments()[0]);
    assertRefused(List.class.getTypeParameters()[0]);
    assertThrows(NullPointerException.class, () -> TypeRef.ofType(null));
  }

  @Test
  void whatWhoeverIsHandedItCanChangeIsMutable() {
    assertTrue(TypeRef.of(int[].class).isMutable());
    assertTrue(TypeRef.of(Date.class).isMutable());
    assertTrue(TypeRef.of(StringBuilder.class).isMutable());
    assertTrue(new TypeRef<ArrayList<String>>() {}.isMutable());
    assertTrue(new TypeRef<HashMap<String, String>>() {}.isMutable());
    assertTrue(new TypeRef<Iterator<String>>() {}.isMutable());
    assertTrue(new TypeRef<List<String>[]>() {}.isMutable());
  }

  @Test
  void whatIsHandedOutUnmodifiableIsNot() {
    assertFalse(TypeRef.of(String.class).isMutable());
    assertFalse(TypeRef.of(Sample.class).isMutable());
    assertFalse(new TypeRef<List<int[]>>() {}.isMutable(), "what it holds plays no part");
    assertFalse(new TypeRef<Map<String, String>>() {}.isMutable());
  }
}
