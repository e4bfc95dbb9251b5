package io.feedhub.sandbox;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.PostProcessor;

/** Makes links of addresses that stand in a text, as Discord does. */
final class BareAddresses implements PostProcessor {
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s<>]*[^\\s<>.,:;!?)\"']");

    @Override
    public Node process(Node document) {
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Text text) {
                link(text);
            }

            @Override
            public void visit(Link link) {
                // it is one already
            }
        });
        return document;
    }

    private static void link(Text text) {
        String literal = text.getLiteral();
        Matcher address = ADDRESS.matcher(literal);
        int done = 0;
        while (address.find()) {
            text.insertBefore(new Text(literal.substring(done, address.start())));
            Link link = new Link(address.group(), null);
            link.appendChild(new Text(address.group()));
            text.insertBefore(link);
            done = address.end();
        }
        text.setLiteral(literal.substring(done));
    }
}
