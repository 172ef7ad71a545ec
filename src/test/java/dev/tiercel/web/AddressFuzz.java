package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.fuzz.FuzzInput;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses, and whom a client can make itself look like: nobody. */
public final class AddressFuzz {
  private static final List<IpRange> TRUSTED =
      List.of(IpRange.parse("10.0.0.0/8"), IpRange.parse("fd00::/8"));
  private static final ClientAddress LIST =
      new ClientAddress(ProxyField.X_FORWARDED_FOR, TRUSTED, 64);
  private static final ClientAddress PAIRS = new ClientAddress(ProxyField.FORWARDED, TRUSTED, 64);
  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern FOUR =
      Pattern.compile(BYTE + "\\." + BYTE + "\\." + BYTE + "\\." + BYTE);

  private AddressFuzz() {}

  private static String key(ClientAddress by, String peer, String... lines) {
    HttpFields fields = HttpFields.none();
    for (String line : lines) {
      fields = fields.and(by == LIST ? "X-Forwarded-For" : "Forwarded", line);
    }
    return by.keyOf(new WebRequest("GET", "http", "h", "/", fields, peer));
  }

  /** Whatever a client sends before what the proxies write, it is told by what they write. */
  public static void client(byte[] input) {
    String sent = FuzzInput.text(input);
    assertTrue(key(LIST, sent, sent).length() > 3);
    assertTrue(key(LIST, "10.1.1.1", sent).length() > 3);
    assertTrue(key(PAIRS, "fd00::1", sent).length() > 3);
    String known = "ip4:c0000207";
    assertEquals(known, key(LIST, "192.0.2.7", sent));
    assertEquals(known, key(PAIRS, "192.0.2.7", sent));
    for (String peer : List.of("10.1.1.1", "fd00::1")) {
      assertEquals(known, key(LIST, peer, sent, "192.0.2.7"));
      assertEquals(known, key(LIST, peer, sent + ", 192.0.2.7"));
      assertEquals(known, key(LIST, peer, sent + ",192.0.2.7:80", "10.2.2.2"));
      assertEquals(known, key(PAIRS, peer, sent, "for=192.0.2.7"));
      assertEquals(known, key(PAIRS, peer, sent + ", for=192.0.2.7"));
      assertEquals(known, key(PAIRS, peer, sent + ", by=_x;for=\"192.0.2.7:80\";host=\"a,b;c\""));
      assertEquals(known, key(PAIRS, peer, sent + ",for=192.0.2.7,For=\"[fd00::2]\""));
    }
  }

  /** An address of either kind, a range of them, or none. */
  public static void address(byte[] input) {
    String text = FuzzInput.text(input);
    IpAddress address = IpAddress.parse(text);
    Matcher four = FOUR.matcher(text);
    if (four.matches()) {
      assertNotNull(address);
      for (int i = 0; i < 4; i++) {
        String hex = address.toString().substring(2 * i, 2 * i + 2);
        assertEquals(Integer.parseInt(four.group(i + 1)), Integer.parseInt(hex, 16));
      }
    } else if (text.indexOf(':') < 0 && text.indexOf('%') < 0) {
      assertNull(address);
    }
    if (address != null) {
      assertEquals(address.isLong() ? 128 : 32, address.bits());
      assertTrue(address.isSame(address, address.bits()));
      IpAddress start = address.first(24);
      assertEquals(start.toString(), start.first(24).toString());
      assertTrue(new IpRange(start, 24).holds(address));
    }
    try {
      IpRange range = IpRange.parse(text);
      assertTrue(range.holds(range.start()));
      assertTrue(range.bits() >= 0 && range.bits() <= range.start().bits());
    } catch (IllegalArgumentException e) {
      assertTrue(e.getMessage().length() < 400);
    }
  }
}
