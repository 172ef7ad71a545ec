package dev.tiercel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The bill of materials beside the jar lists what the pom declares. Run by the profile {@code
 * release}, which writes it.
 */
class SbomCheck {
  private JsonNode bill;

  /** Where a dependency stands in the pom, and which scope a program sees it with. */
  private record Declared(Element dependency) {
    String text(String name) {
      NodeList found = dependency.getElementsByTagName(name);
      return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }

    String name() {
      return text("groupId") + ':' + text("artifactId");
    }

    boolean isTest() {
      return text("scope").equals("test");
    }

    String scope() {
      return text("optional").equals("true") ? "optional" : "required";
    }
  }

  @BeforeEach
  void read() throws Exception {
    bill = new ObjectMapper().readTree(Path.of("target", "bom.json").toFile());
  }

  private static Map<String, Declared> declared() throws Exception {
    Element project =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(Path.of("pom.xml").toFile())
            .getDocumentElement();
    Map<String, Declared> all = new TreeMap<>();
    for (int i = 0; i < project.getChildNodes().getLength(); i++) {
      if (project.getChildNodes().item(i) instanceof Element part
          && part.getTagName().equals("dependencies")) {
        NodeList inside = part.getElementsByTagName("dependency");
        for (int k = 0; k < inside.getLength(); k++) {
          Declared one = new Declared((Element) inside.item(k));
          all.put(one.name(), one);
        }
      }
    }
    return all;
  }

  private Map<String, String> listed() {
    Map<String, String> scopes = new TreeMap<>();
    for (JsonNode part : bill.get("components")) {
      scopes.put(part.get("group").asText() + ':' + part.get("name").asText(), scope(part));
    }
    return scopes;
  }

  private static String scope(JsonNode component) {
    return component.path("scope").asText("required");
  }

  @Test
  void itListsWhatThePomDeclaresAndMarksWhatIsOptional() throws Exception {
    Map<String, String> expected = new TreeMap<>();
    declared()
        .forEach(
            (name, one) -> {
              if (!one.isTest()) {
                expected.put(name, one.scope());
              }
            });
    Map<String, String> found = listed();
    found.keySet().retainAll(expected.keySet());
    assertFalse(expected.isEmpty());
    assertEquals(expected, found);
  }

  @Test
  void itListsNothingOfTheTests() throws Exception {
    Map<String, String> found = listed();
    declared()
        .forEach(
            (name, one) -> {
              if (one.isTest()) {
                assertFalse(found.containsKey(name), name + " is for tests only");
              }
            });
  }

  @Test
  void itIsTheSameForTheSameSources() {
    assertEquals("1.6", bill.get("specVersion").asText());
    assertFalse(bill.has("serialNumber"), "it is drawn at random");
    assertFalse(bill.get("metadata").has("timestamp"), "it tells when it was built");
  }
}
