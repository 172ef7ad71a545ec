package dev.tiercel.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** An address of the Internet, of 4 or 16 bytes. Never looked up by name. */
final class IpAddress {
  private static final int LONGEST = 45; // Of a text, as INET6_ADDRSTRLEN has it.

  private final byte[] bytes;

  private IpAddress(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Reads an address, or returns null if the text is none. A zone is left out. */
  static @Nullable IpAddress parse(String text) {
    int zone = text.indexOf('%');
    String address = zone < 0 ? text : text.substring(0, zone);
    if (address.length() > LONGEST) {
      return null;
    }
    if (address.indexOf(':') < 0) {
      byte[] four = four(address);
      return four == null ? null : new IpAddress(four);
    }
    for (int i = 0; i < address.length(); i++) {
      char unit = address.charAt(i);
      if (unit != ':' && unit != '.' && (unit >= 128 || Character.digit(unit, 16) < 0)) {
        return null;
      }
    }
    try {
      // In brackets it is taken as an address and never asked of a name server; what holds an
      // address of 4 bytes becomes one.
      return new IpAddress(InetAddress.getByName("[" + address + "]").getAddress());
    } catch (UnknownHostException e) {
      return null;
    }
  }

  /* Without leading zeros, which some read as octal. */
  private static byte @Nullable [] four(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return null;
    }
    byte[] bytes = new byte[4];
    for (int i = 0; i < 4; i++) {
      String part = parts[i];
      if (part.isEmpty() || part.length() > 3 || (part.length() > 1 && part.charAt(0) == '0')) {
        return null;
      }
      int value = 0;
      for (int at = 0; at < part.length(); at++) {
        char digit = part.charAt(at);
        if (digit < '0' || digit > '9') {
          return null;
        }
        value = value * 10 + digit - '0';
      }
      if (value > 255) {
        return null;
      }
      bytes[i] = (byte) value;
    }
    return bytes;
  }

  int bits() {
    return bytes.length * 8;
  }

  /** Whether the first bits are the same as another's, of the same length. */
  boolean isSame(IpAddress other, int bits) {
    return bits() == other.bits() && Arrays.equals(first(bits).bytes, other.first(bits).bytes);
  }

  /** This address with all bits zero behind the first ones. */
  IpAddress first(int bits) {
    byte[] kept = new byte[bytes.length];
    for (int i = 0; i < kept.length; i++) {
      int here = Math.min(8, Math.max(0, bits - 8 * i));
      kept[i] = (byte) (bytes[i] & (0xff << (8 - here)));
    }
    return new IpAddress(kept);
  }

  boolean isLong() {
    return bytes.length == 16;
  }

  /** The same text for the same address. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
