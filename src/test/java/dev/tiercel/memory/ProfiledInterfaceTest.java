package dev.tiercel.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An object behind its interface is measured call by call, and otherwise as it was. */
class ProfiledInterfaceTest {
  private final List<Measurement> told = new ArrayList<>();
  private final MemoryProfiler profiler =
      MemoryProfiler.builder().source(new SetSource()).listener(told::add).build();

  /** All kinds of methods. */
  public interface Shop extends Comparable<Shop> {
    String buy(String what, int pieces) throws IOException;

    long count();

    void close();

    String[] all(String... names);

    default String buyOne(String what) throws IOException {
      return buy(what, 1);
    }

    static String sign() {
      return "open";
    }
  }

  interface Hidden {
    int number();
  }

  private record Corner(String name) implements Shop {
    @Override
    public String buy(String what, int pieces) throws IOException {
      if (pieces < 0) {
        throw new IOException("none left");
      }
      return pieces + " " + what;
    }

    @Override
    public long count() {
      return 7;
    }

    @Override
    public void close() {
      throw new IllegalStateException("closed on Sundays");
    }

    @Override
    public String[] all(String... names) {
      return names;
    }

    @Override
    public int compareTo(Shop other) {
      return 3;
    }
  }

  private final Corner corner = new Corner("corner");
  private final Shop shop = profiler.profiled(Shop.class, corner);

  private List<String> names() {
    return told.stream().map(m -> m.name() + (m.failed() ? " failed" : "")).toList();
  }

  @Test
  void eachCallIsMeasuredUnderItsName() throws IOException {
    assertEquals("2 apples", shop.buy("apples", 2));
    assertEquals(7, shop.count());
    assertEquals("1 pear", shop.buyOne("pear"));
    String[] names = {"a", "b"};
    assertSame(names, shop.all(names));
    assertEquals(3, shop.compareTo(corner));
    assertEquals(
        List.of("Shop.buy", "Shop.count", "Shop.buyOne", "Shop.all", "Shop.compareTo"), names());
  }

  @Test
  void whatIsThrownIsThrownAsItIs() {
    assertEquals(
        "none left", assertThrows(IOException.class, () -> shop.buy("apples", -1)).getMessage());
    assertEquals(
        "closed on Sundays", assertThrows(IllegalStateException.class, shop::close).getMessage());
    assertEquals(List.of("Shop.buy failed", "Shop.close failed"), names());
  }

  @Test
  void itIsEqualToWhatItsTargetIsEqualTo() {
    assertEquals(shop, shop);
    assertEquals(shop, profiler.profiled(Shop.class, new Corner("corner")));
    assertNotEquals(shop, profiler.profiled(Shop.class, new Corner("other")));
    assertNotEquals(null, shop);
    assertEquals(corner.hashCode(), shop.hashCode());
    assertEquals("Corner[name=corner]", shop.toString());
    assertEquals(List.of(), told);
  }

  @Test
  void anInterfaceThatIsNotPublicNeedsALookup() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> profiler.profiled(Hidden.class, () -> 5))
            .getMessage();
    assertTrue(message.contains("Hidden.number") && message.contains("lookup()"), message);
    Hidden hidden = profiler.profiled(MethodHandles.lookup(), Hidden.class, () -> 5);
    assertEquals(5, hidden.number());
    assertEquals(List.of("Hidden.number"), names());
  }

  @Test
  void aClassIsRefused() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> profiler.profiled(Corner.class, corner))
            .getMessage();
    assertTrue(message.contains("Corner is no interface"), message);
  }

  @Test
  void anInterfaceOfTheJdkCanBeMeasuredToo() {
    CharSequence text = profiler.profiled(CharSequence.class, "text");
    assertEquals(4, text.length());
    assertEquals(List.of("CharSequence.length"), names());
  }
}
