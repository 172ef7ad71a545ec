package dev.tiercel.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.smile.SmileFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;

class SmileCodecTest extends CodecContract {
  @Override
  protected Codec codec() {
    return SmileCodec.create();
  }

  /** A class as people write them; nothing of it can be seen from outside. */
  private static class Account {
    private String owner = "";
    private transient int asked;
    private long cents;

    private Account() {}

    private static Account of(String owner, long cents) {
      Account account = new Account();
      account.owner = owner;
      account.cents = cents;
      return account;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Account that && owner.equals(that.owner) && cents == that.cents;
    }

    @Override
    public int hashCode() {
      return Objects.hash(owner, cents);
    }
  }

  private static final class Savings extends Account {}

  record Reserved(@JsonIgnore String secret, List<Account> accounts) {
    Reserved {
      accounts = List.copyOf(accounts);
    }

    @SuppressWarnings("unused") // As Jackson reads a getter.
    public String getSummary() {
      return secret + accounts.size();
    }
  }

  private record Pair<A, B>(A first, B second) {}

  private record Nothing() {}

  private record Growing<T>(Growing<List<T>> more) {}

  private record Node(Node next) {}

  private record Held(Account account) {}

  private static class Purse {
    Account account = new Account();
  }

  static final class Loop {
    Loop next;
  }

  static final class Fixed {
    final int value = Integer.parseInt("1");
  }

  private record Walk(List<String> steps) implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return steps.iterator();
    }
  }

  private record Letters(String text) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }
  }

  private record Entry(String name, int count) implements Map.Entry<String, Integer> {
    @Override
    public String getKey() {
      return name;
    }

    @Override
    public Integer getValue() {
      return count;
    }

    @Override
    public Integer setValue(Integer value) {
      throw new UnsupportedOperationException();
    }
  }

  private record Loose(@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS) Object any) {}

  private static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1;
  }

  private sealed interface Figure {}

  private record Circle(int radius) implements Figure {}

  @Test
  void aClassIsItsFields() throws IOException {
    Account account = Account.of("owner", Long.MIN_VALUE);
    account.asked = 3;
    Account back = roundTrip(account, TypeRef.of(Account.class));
    assertEquals(account, back);
    assertEquals(0, back.asked);
  }

  @Test
  void annotationsHideNothingAndGettersAddNothing() throws IOException {
    Reserved reserved = new Reserved("secret", List.of(Account.of("a", 1)));
    assertEquals(reserved, roundTrip(reserved, TypeRef.of(Reserved.class)));
  }

  @Test
  void aRecordThatIsSomethingElseAsWellIsARecord() throws IOException {
    Walk walk = new Walk(List.of("a", "b"));
    assertEquals(walk, roundTrip(walk, TypeRef.of(Walk.class)));
    Letters letters = new Letters("a");
    assertEquals(letters, roundTrip(letters, TypeRef.of(Letters.class)));
  }

  @Test
  void genericRecordsComeBack() throws IOException {
    Pair<List<Account>, Pair<Integer, Nothing>> pair =
        new Pair<>(List.of(Account.of("a", 1)), new Pair<>(null, new Nothing()));
    assertEquals(
        pair, roundTrip(pair, new TypeRef<Pair<List<Account>, Pair<Integer, Nothing>>>() {}));
  }

  @Test
  void theHourThatComesTwiceComesBack() throws IOException {
    ZonedDateTime first = LocalDateTime.of(2026, 10, 25, 2, 30).atZone(ZoneId.of("Europe/Paris"));
    TypeRef<ZonedDateTime> type = TypeRef.of(ZonedDateTime.class);
    for (ZonedDateTime time :
        List.of(
            first.withEarlierOffsetAtOverlap(),
            first.withLaterOffsetAtOverlap(),
            first.withZoneSameInstant(ZoneId.of("UTC")),
            first.withZoneSameInstant(ZoneOffset.UTC),
            first.withYear(-12345))) {
      assertEquals(time, roundTrip(time, type));
    }
  }

  @Test
  void aValueOfASubclassIsRefusedWhereverItStands() throws IOException {
    Savings savings = new Savings();
    assertThrows(IOException.class, () -> codec.encode(savings, TypeRef.of(Account.class)));
    assertThrows(
        IOException.class, () -> codec.encode(List.of(savings), new TypeRef<List<Account>>() {}));
    assertThrows(
        IOException.class,
        () -> codec.encode(Map.of("a", savings), new TypeRef<Map<String, Account>>() {}));
    assertThrows(
        IOException.class,
        () -> codec.encode(Optional.of(savings), new TypeRef<Optional<Account>>() {}));
    assertThrows(
        IOException.class,
        () -> codec.encode(new Account[] {savings}, TypeRef.of(Account[].class)));
    assertThrows(IOException.class, () -> codec.encode(new Held(savings), TypeRef.of(Held.class)));
    Purse purse = new Purse();
    assertEquals(purse.account, roundTrip(purse, TypeRef.of(Purse.class)).account);
    purse.account = savings;
    assertThrows(IOException.class, () -> codec.encode(purse, TypeRef.of(Purse.class)));
    assertThrows(
        IOException.class,
        () -> codec.encode(new Pair<>(savings, 1), new TypeRef<Pair<Account, Integer>>() {}));
  }

  @Test
  void aValueOfAnotherTypeIsRefused() {
    assertThrows(IOException.class, () -> codec.encode("text", TypeRef.of(Held.class)));
    assertThrows(
        IOException.class, () -> codec.encode(List.of("text"), new TypeRef<List<Held>>() {}));
    assertThrows(IOException.class, () -> codec.encode(1, TypeRef.of(String.class)));
  }

  @Test
  void halfASurrogatePairIsRefused() {
    assertThrows(IOException.class, () -> codec.encode("a\uD83D", TypeRef.of(String.class)));
    assertThrows(IOException.class, () -> codec.encode("\uDE00b", TypeRef.of(String.class)));
  }

  @Test
  void deepValuesComeBackAndEndlessOnesAreRefused() throws IOException {
    TypeRef<Node> type = TypeRef.of(Node.class);
    assertEquals(chain(400), roundTrip(chain(400), type));
    assertThrows(IOException.class, () -> codec.encode(chain(10_000), type));
    Loop loop = new Loop();
    loop.next = loop;
    assertThrows(IOException.class, () -> codec.encode(loop, TypeRef.of(Loop.class)));
  }

  @Test
  void deepBytesAreRefused() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = new SmileFactory().createGenerator(bytes)) {
      for (int i = 0; i < 900; i++) { // As deep as this generator goes.
        out.writeStartObject();
        out.writeFieldName("next");
      }
      out.writeNull();
    }
    byte[] deep = bytes.toByteArray();
    IOException refusal =
        assertThrows(
            IOException.class, () -> codec.decode(deep, 0, deep.length, TypeRef.of(Node.class)));
    assertTrue(String.valueOf(refusal.getMessage()).contains("depth"), refusal::toString);
  }

  @Test
  void nothingIsNoValue() throws IOException {
    byte[] nothing = codec.encode(Optional.empty(), new TypeRef<Optional<String>>() {});
    assertThrows(
        IOException.class,
        () -> codec.decode(nothing, 0, nothing.length, TypeRef.of(String.class)));
  }

  @Test
  void aTimeBeyondAllIsRefused() throws IOException {
    byte[] beyond = codec.encode(Duration.ofSeconds(Long.MAX_VALUE), TypeRef.of(Duration.class));
    assertThrows(
        IOException.class, () -> codec.decode(beyond, 0, beyond.length, TypeRef.of(Instant.class)));
  }

  private static Node chain(int length) {
    Node node = null;
    for (int i = 0; i < length; i++) {
      node = new Node(node);
    }
    return node;
  }

  @Test
  void whatWouldNotComeBackAsItWasIsRefused() {
    for (TypeRef<?> type :
        List.of(
            TypeRef.of(Object.class),
            TypeRef.of(List.class),
            new TypeRef<List<?>>() {},
            new TypeRef<SortedSet<String>>() {},
            new TypeRef<SortedMap<String, String>>() {},
            new TypeRef<Optional<Optional<String>>>() {},
            new TypeRef<Map<Circle, String>>() {},
            new TypeRef<Growing<String>>() {},
            TypeRef.of(Figure.class),
            TypeRef.of(Serializable.class),
            TypeRef.of(Number.class),
            TypeRef.of(Enum.class),
            TypeRef.of(Date.class),
            TypeRef.of(Thread.class),
            TypeRef.of(IllegalStateException.class),
            TypeRef.of(Names.class),
            TypeRef.of(Fixed.class),
            TypeRef.of(Entry.class),
            TypeRef.of(Loose.class))) {
      IllegalArgumentException refusal =
          assertThrows(
              IllegalArgumentException.class, () -> codec.fingerprint(type), type::toString);
      assertTrue(String.valueOf(refusal.getMessage()).contains("declare a record"), type::toString);
      assertThrows(IllegalArgumentException.class, () -> codec.decode(new byte[3], 0, 3, type));
    }
  }

  @Test
  void theRefusalNamesThePlace() {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> codec.fingerprint(new TypeRef<List<Pair<Loose, String>>>() {}));
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains("SmileCodecTest$Loose.any is a java.lang.Object"), message);
  }

  @Test
  void fewBytesNeedLittleMemory() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    TypeRef<Sample> type = TypeRef.of(Sample.class);
    TypeRef<List<byte[]>> blobs = new TypeRef<>() {};
    Random random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = new byte[5 + random.nextInt(20)];
      random.nextBytes(bytes);
      bytes[0] = ':';
      bytes[1] = ')';
      bytes[2] = '\n';
      bytes[3] = (byte) (random.nextBoolean() ? 0x04 : 0x00);
      bytes[4] = (byte) (random.nextBoolean() ? 0xf8 : 0xfd);
      long before = threads.getCurrentThreadAllocatedBytes();
      decodesOrRefuses(bytes, random.nextBoolean() ? type : blobs);
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertTrue(i < 100 || allocated < 4_000_000, () -> allocated + " bytes");
    }
  }
}
