package dev.weft.cli.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Reads XML without document types, so that no entity is expanded and no other file is read. */
final class Xml {
    private Xml() {}

    /**
     * Returns the root element.
     *
     * @throws IOException if the file cannot be read or is no such XML
     */
    static Element read(Path file) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setExpandEntityReferences(false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(file.toFile()).getDocumentElement();
        } catch (SAXException | ParserConfigurationException e) {
            throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Returns the first child element of a name. */
    static Optional<Element> child(Element parent, String name) {
        return childrenOf(parent, name).stream().findFirst();
    }

    /** Returns the text of the first child element of a name; empty if there is none. */
    static String text(Element parent, String name) {
        return child(parent, name).map(child -> child.getTextContent().strip()).orElse("");
    }

    /** Returns the elements of a list; those of any name if the name is empty. */
    static List<Element> children(Element parent, String list, String name) {
        return child(parent, list).map(found -> childrenOf(found, name)).orElse(List.of());
    }

    /** Returns the elements of all lists of a name at any depth. */
    static List<Element> below(Element parent, String list, String name) {
        List<Element> all = new ArrayList<>();
        NodeList lists = parent.getElementsByTagName(list);
        for (int i = 0; i < lists.getLength(); i++) {
            all.addAll(childrenOf((Element) lists.item(i), name));
        }
        return all;
    }

    private static List<Element> childrenOf(Element parent, String name) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element
                    && (name.isEmpty() || element.getTagName().equals(name))) {
                children.add(element);
            }
        }
        return children;
    }
}
