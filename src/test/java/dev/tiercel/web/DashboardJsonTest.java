package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written can be read by others. */
class DashboardJsonTest {
  @Test
  void commasStandWhereTheyBelong() {
    DashboardJson json = new DashboardJson();
    json.object().field("a", 1).field("b", "x").name("c").array().value(1).value(2.5);
    json.object().endObject().endArray().name("d").object().endObject().field("e", 3).endObject();
    assertEquals("{\"a\":1,\"b\":\"x\",\"c\":[1,2.5,{}],\"d\":{},\"e\":3}", json.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "plain", "\"\\/\b\f\n\r\t\0\u001f\u007f", "é€😀", "\u2028\u2029", "</script>"})
  void textsComeBack(String text) throws IOException {
    String json = new DashboardJson().value(text).toString();
    assertEquals(text, new ObjectMapper().readTree(json).asText());
    assertEquals(-1, json.indexOf('\n'), "an event is one line");
    assertEquals(-1, json.indexOf('\r'), "an event is one line");
  }

  @Test
  void halvesOfPairsAreEscaped() {
    assertEquals("\"\\ud83d x\\ude00\"", new DashboardJson().value("\ud83d x\ude00").toString());
  }

  @Test
  void numbersAreShortAndAlwaysNumbers() {
    DashboardJson json = new DashboardJson().array();
    json.value(0.1 + 0.2).value(1e-9).value(-0.0).value(Double.NaN).value(Double.NEGATIVE_INFINITY);
    json.value(Long.MAX_VALUE).value(1e15).value(3.0);
    assertEquals("[0.3,0,0,null,null,9223372036854775807,1.0E15,3]", json.endArray().toString());
  }
}
