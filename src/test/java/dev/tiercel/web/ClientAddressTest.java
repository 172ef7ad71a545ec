package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {
  private static final List<IpRange> PROXIES =
      List.of(IpRange.parse("10.0.0.0/8"), IpRange.parse("fd00::/8"), IpRange.parse("::1"));

  private static String key(ProxyField field, String peer, String... lines) {
    List<HttpFields.Field> fields =
        Arrays.stream(lines).map(line -> new HttpFields.Field(field.header(), line)).toList();
    return new ClientAddress(field, PROXIES, 64)
        .keyOf(new WebRequest("GET", "http", "", "/", HttpFields.of(fields), peer));
  }

  private static String keyOf(String peer) {
    return key(ProxyField.X_FORWARDED_FOR, peer);
  }

  private static void assertFrom(String client, String peer, String... lines) {
    assertEquals(keyOf(client), key(ProxyField.X_FORWARDED_FOR, peer, lines));
  }

  @Test
  void aStrangerIsNotBelieved() {
    assertFrom("192.0.2.1", "192.0.2.1", "198.51.100.7");
    assertFrom("192.0.2.1", "192.0.2.1", "10.0.0.1, 10.0.0.2");
  }

  @Test
  void ofWhatTrustedProxiesWroteTheLastStrangerCounts() {
    assertFrom("198.51.100.7", "10.0.0.1", "198.51.100.7");
    assertFrom("198.51.100.7", "10.0.0.1", "1.2.3.4, 198.51.100.7");
    assertFrom("198.51.100.7", "10.0.0.1", "10.9.9.9, 198.51.100.7 ,10.0.0.2,\t10.0.0.3");
    assertFrom("198.51.100.7", "::1", "1.2.3.4", "198.51.100.7, 10.0.0.2");
    assertFrom("10.9.9.9", "10.0.0.1", "10.9.9.9, 10.0.0.2");
    assertFrom("10.0.0.1", "10.0.0.1");
  }

  @Test
  void whatIsNoAddressEndsTheWay() {
    assertFrom("10.0.0.1", "10.0.0.1", "198.51.100.7, unknown");
    assertFrom("10.0.0.2", "10.0.0.1", "198.51.100.7, , 10.0.0.2");
    assertFrom("10.0.0.1", "10.0.0.1", "");
    assertFrom("10.0.0.1", "10.0.0.1", "198.51.100.7", "");
    assertFrom("10.0.0.2", "10.0.0.1", "198.51.100.7", ", 10.0.0.2");
    assertFrom("10.0.0.1", "10.0.0.1", "198.51.100.7, 010.0.0.1");
    assertFrom("10.0.0.1", "10.0.0.1", "localhost");
    assertFrom("10.0.0.1", "10.0.0.1", "1.2.3.4,".repeat(10_000));
  }

  @Test
  void portsAndBracketsAreLeftOut() {
    assertFrom("198.51.100.7", "10.0.0.1", "198.51.100.7:4711");
    assertFrom("2001:db8::1", "10.0.0.1", "[2001:db8::1]:4711");
    assertFrom("2001:db8::1", "10.0.0.1", "2001:db8::1");
    assertFrom("2001:db8::1", "10.0.0.1", "[2001:db8::1%eth0]");
    assertFrom("10.0.0.1", "10.0.0.1", "[2001:db8::1");
  }

  @Test
  void forwardedIsReadByItsOwnRules() {
    for (String said :
        List.of(
            "for=198.51.100.7",
            "for=1.2.3.4, For=198.51.100.7;proto=http;by=10.0.0.1",
            "by=10.0.0.1; for=\"198.51.100.7:4711\", for=10.0.0.2",
            "for=\"x, for=198.51.100.7",
            "for=198.51.100.7;host=\"a,for=6.6.6.6;b\"",
            "host=\"a;for=6.6.6.6;b\";for=198.51.100.7",
            "for=198.51.100.7;host=\"a\\\\\"",
            "for=6.6.6.6;host=\"x, for=198.51.100.7;host=\"a\\\",for=6.6.6.6;b\"")) {
      assertEquals(keyOf("198.51.100.7"), key(ProxyField.FORWARDED, "10.0.0.1", said), said);
    }
    assertEquals(
        keyOf("2001:db8::1"), key(ProxyField.FORWARDED, "10.0.0.1", "for=\"[2001:db8::1]:4711\""));
    for (String said : List.of("for=_hidden", "for=unknown", "proto=http", "for=\"", "")) {
      assertEquals(keyOf("10.0.0.1"), key(ProxyField.FORWARDED, "10.0.0.1", said), said);
    }
  }

  @Test
  void nothingIsAskedOfANameServer() {
    for (String text : List.of(".:1", ".:.", "a.b:1", ":", "1:2", "dead.beef:1")) {
      assertEquals("peer:" + text, keyOf(text));
    }
  }

  @Test
  void theOtherFieldIsNeverRead() {
    WebRequest request =
        new WebRequest(
            "GET", "http", "", "/", HttpFields.of("Forwarded", "for=198.51.100.7"), "10.0.0.1");
    assertEquals(
        keyOf("10.0.0.1"),
        new ClientAddress(ProxyField.X_FORWARDED_FOR, PROXIES, 64).keyOf(request));
  }

  @Test
  void aNetworkOfIpv6IsOneClient() {
    assertEquals(keyOf("2001:db8:1:2::1"), keyOf("2001:db8:1:2:ffff:ffff:ffff:ffff"));
    assertNotEquals(keyOf("2001:db8:1:2::1"), keyOf("2001:db8:1:3::1"));
    assertNotEquals(keyOf("192.0.2.1"), keyOf("192.0.2.2"));
    assertEquals(keyOf("192.0.2.1"), keyOf("::ffff:192.0.2.1"), "one in the other's clothes");
    assertNotEquals(keyOf("0.0.0.0"), keyOf("::"));
    assertEquals("peer:/tmp/socket", keyOf("/tmp/socket"));
  }

  @Test
  void aKeyTellsTheKindOfTheAddress() {
    assertEquals("ip4:c0000201", keyOf("192.0.2.1"));
    assertEquals("ip4:ff090000", keyOf("255.9.0.0"));
    assertEquals("ip6:20010db8000100020000000000000000", keyOf("2001:db8:1:2:3:4:5:6"));
    String longest = "0000:0000:0000:0000:0000:ffff:255.255.255.255";
    assertEquals("ip4:ffffffff", keyOf(longest));
    assertEquals("peer:0" + longest, keyOf("0" + longest));
  }

  @Test
  void theFirstBitsOfAnAddressAreKept() {
    IpAddress address = IpAddress.parse("255.255.255.255");
    assertTrue(address != null && !address.isLong() && address.bits() == 32);
    assertEquals("00000000", address.first(0).toString());
    assertEquals("80000000", address.first(1).toString());
    assertEquals("ff000000", address.first(8).toString());
    assertEquals("fff00000", address.first(12).toString());
    assertEquals("ffffffff", address.first(32).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.2.3",
        "1.2.3.",
        "1.2.3.4.",
        "1.2.3./",
        "1.2.3.:",
        "1..3.4",
        "1.2.3.1234",
        "00.1.2.3",
        "\uff11::",
        "g::1",
        ":::"
      })
  void whatIsNoAddressIsNotGuessedAt(String text) {
    assertEquals("peer:" + text, keyOf(text));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "0.0.0.0/0, 192.0.2.1, true",
    "0.0.0.0/0, ::1, false",
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.0, false",
    "192.0.2.1/32, 192.0.2.1, true",
    "192.0.2.1/32, 192.0.2.0, false",
    "2001:db8::1/128, 2001:db8::1, true",
    "192.0.2.128/25, 192.0.2.127, false",
    "192.0.2.128/25, 192.0.2.129, true",
    "fd00::/8, fdff::1, true",
    "fd00::/8, fe00::1, false",
    "::/0, 2001:db8::1, true",
    "::ffff:10.0.0.0/8, 10.1.2.3, true",
  })
  void aRangeHoldsWhatBeginsAsItDoes(String range, String address, boolean holds) {
    IpAddress parsed = IpAddress.parse(address);
    assertTrue(parsed != null && IpRange.parse(range).holds(parsed) == holds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/",
        "10.0.0/8",
        "10.0.0.1/8",
        "a.b.c.d",
        "1.2.3.4.5",
        "256.1.1.1",
        "01.2.3.4",
        "fd00::/129",
        "fd00::1/8",
        "fd00:::/8",
        "g::",
        "localhost",
        "1.2.3.4/8/8",
        "10.0.0.0/0x8"
      })
  void whatIsNoRangeIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> IpRange.parse(text));
  }
}
