package io.sightline.hub.discovery;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads answers of WS-Discovery (SOAP over UDP, OASIS 2005/04 as ONVIF uses it). Names are compared without their prefixes,
 * which differ from maker to maker. No document type, no entities, nothing is fetched. Any thread.
 */
final class ProbeMatches {
    private static final int DEEPEST = 32;
    private static final int MOST_MATCHES = 16;
    private static final int MOST_WORDS = 64;
    private static final int LONGEST_TEXT = 8192;
    private static final XMLInputFactory FACTORY = factory();

    private final List<ProbeMatch> found = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private String relatesTo = "";
    private Optional<Draft> draft = Optional.empty();
    private int depth;

    private ProbeMatches() {}

    private static final class Draft {
        private String endpoint = "";
        private List<String> scopes = List.of();
        private List<String> addresses = List.of();
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing is fetched");
        });
        return factory;
    }

    /** @return the matches in an answer; none where it is no such answer */
    static List<ProbeMatch> read(byte[] bytes, int length) {
        var reading = new ProbeMatches();
        // Decoded here: the parser prints a line for each wrong byte, and devices write names in other codings.
        String decoded = new String(bytes, 0, length, StandardCharsets.UTF_8).replaceFirst("^\uFEFF", "");
        try {
            XMLStreamReader xml;
            synchronized (FACTORY) {
                xml = FACTORY.createXMLStreamReader(new StringReader(decoded));
            }
            try {
                reading.read(xml);
            } finally {
                xml.close();
            }
            return List.copyOf(reading.found);
        } catch (XMLStreamException | RuntimeException e) {
            return List.of();
        }
    }

    private void read(XMLStreamReader xml) throws XMLStreamException {
        while (xml.hasNext() && found.size() < MOST_MATCHES) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> start(xml.getLocalName());
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> add(xml.getText());
                case XMLStreamConstants.END_ELEMENT -> end(xml.getLocalName());
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new XMLStreamException("document types and entities are not taken");
                default -> {
                    // comments and the like
                }
            }
        }
    }

    private void start(String name) throws XMLStreamException {
        if (++depth > DEEPEST) {
            throw new XMLStreamException("too deep");
        }
        text.setLength(0);
        if (name.equals("ProbeMatch")) {
            draft = Optional.of(new Draft());
        }
    }

    private void add(String more) throws XMLStreamException {
        text.append(more);
        if (text.length() > LONGEST_TEXT) {
            throw new XMLStreamException("too long");
        }
    }

    private void end(String name) {
        depth--;
        String value = text.toString().strip();
        if (name.equals("RelatesTo")) {
            relatesTo = value;
        }
        draft.ifPresent(match -> fill(match, name, value));
        text.setLength(0);
    }

    private void fill(Draft match, String name, String value) {
        switch (name) {
            case "Address" -> match.endpoint = Words.shown(value);
            case "Scopes" -> match.scopes = words(value);
            case "XAddrs" -> match.addresses = words(value);
            case "ProbeMatch" -> {
                found.add(new ProbeMatch(relatesTo, match.endpoint, match.scopes, match.addresses));
                draft = Optional.empty();
            }
            default -> {
                // Types and versions tell nothing that is needed
            }
        }
    }

    private static List<String> words(String value) {
        return value.isEmpty()
                ? List.of()
                : List.of(value.split("\\s+")).stream().limit(MOST_WORDS).toList();
    }
}
