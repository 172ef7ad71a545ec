package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tiercel.fuzz.FuzzInput;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What comes in as a listing's parameters, and goes out as JSON. */
public final class ListingFuzz {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Set<String> NAMES = Set.of("a", "b", "ä ö");

  private ListingFuzz() {}

  /** Parameters are what any other decoder reads, or are refused. */
  public static void queryString(byte[] input) {
    String raw = FuzzInput.wellFormed(input);
    QueryString query;
    try {
      query = QueryString.parse(raw, NAMES);
    } catch (BadParameterException e) {
      assertTrue(e.getMessage().length() < 400);
      return;
    }
    List<String> expected = new ArrayList<>();
    for (String part : raw.split("&", -1)) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      if (!part.isEmpty() && decoded(name).equals("a")) {
        expected.add(equals < 0 ? "" : decoded(part.substring(equals + 1)));
      }
    }
    assertEquals(expected, query.all("a"), raw);
    String written = query.with(Map.of("b", raw), Set.of());
    assertEquals('?', written.charAt(0));
    try {
      QueryString back = QueryString.parse(written.substring(1).replace("ä ö", "%C3%A4+ö"), NAMES);
      assertEquals(expected, back.all("a"));
      assertEquals(List.of(raw), back.all("b"));
    } catch (BadParameterException e) {
      throw new AssertionError(written, e);
    }
  }

  private static String decoded(String raw) {
    return URLDecoder.decode(raw, StandardCharsets.UTF_8);
  }

  /** Parameters of a listing are a query that is asked for again as it was, or are refused. */
  public static void request(byte[] input) throws BadParameterException {
    String raw = FuzzInput.text(input);
    try {
      ListingRequest stream = ListingRequest.stream(raw);
      assertTrue(stream.most() > 0);
    } catch (BadParameterException e) {
      assertNotNull(e.getMessage());
    }
    ListingRequest page;
    try {
      page = ListingRequest.page(raw, 500, 10_000);
    } catch (BadParameterException e) {
      assertNotNull(e.getMessage());
      return;
    }
    assertTrue(page.query().limit() >= 1 && page.query().limit() <= 500);
    assertTrue((long) page.page() * page.query().limit() <= 10_000 || page.page() == 1);
    String again = page.parameters().with(Map.of(), Set.of()).substring(1);
    assertEquals(page.query(), ListingRequest.page(again, 500, 10_000).query());
  }

  /** A text as JSON is that text for whoever reads it, and can be sent. */
  public static void json(byte[] input) throws IOException {
    String text = FuzzInput.text(input);
    StringBuilder out = new StringBuilder();
    Json.string(out, text);
    assertTrue(StandardCharsets.UTF_8.newEncoder().canEncode(out));
    assertTrue(out.chars().allMatch(unit -> unit >= ' ' && unit != 0x2028 && unit != 0x2029));
    try (JsonParser parser = JSON.createParser(out.toString())) {
      assertEquals(JsonToken.VALUE_STRING, parser.nextToken());
      assertEquals(text, parser.getText());
      assertNull(parser.nextToken());
    }
  }
}
