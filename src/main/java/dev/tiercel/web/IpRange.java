package dev.tiercel.web;

/** A range of addresses that begin with the same bits: {@code 10.0.0.0/8}. */
record IpRange(IpAddress start, int bits) {
  /**
   * Reads a range, or a single address.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static IpRange parse(String text) {
    int slash = text.indexOf('/');
    IpAddress start = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
    if (start == null) {
      throw new IllegalArgumentException(
          Shown.of(text) + " is no range of addresses; write 10.0.0.0/8, fd00::/8 or one address");
    }
    int bits = slash < 0 ? start.bits() : bits(text, slash, start.bits());
    if (!start.isSame(start.first(bits), start.bits())) {
      throw new IllegalArgumentException(
          Shown.of(text) + " has bits set behind its first " + bits + "; which range is meant?");
    }
    return new IpRange(start, bits);
  }

  private static int bits(String text, int slash, int most) {
    String number = text.substring(slash + 1);
    if (number.matches("[0-9]{1,3}")) {
      int bits = Integer.parseInt(number);
      if (bits <= most) {
        return bits;
      }
    }
    throw new IllegalArgumentException(
        "the number behind the slash must be from 0 to " + most + ": " + Shown.of(text));
  }

  boolean holds(IpAddress address) {
    return start.isSame(address, bits);
  }
}
