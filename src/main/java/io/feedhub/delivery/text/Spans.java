package io.feedhub.delivery.text;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.StrongEmphasis;

/** Where a block must not be cut: inside emphasis, links and code. */
final class Spans extends AbstractVisitor {
    private final int offset;
    private final List<Span> found = new ArrayList<>();

    private Spans(int offset) {
        this.offset = offset;
    }

    /** @param begin where the block's text begins in the source */
    static List<Span> unbroken(Node block, int begin) {
        Spans spans = new Spans(begin);
        block.accept(spans);
        return spans.found;
    }

    @Override
    public void visit(Code code) {
        keep(code);
    }

    @Override
    public void visit(Emphasis emphasis) {
        keep(emphasis);
    }

    @Override
    public void visit(StrongEmphasis emphasis) {
        keep(emphasis);
    }

    @Override
    public void visit(Link link) {
        keep(link);
    }

    @Override
    public void visit(Image image) {
        keep(image);
    }

    private void keep(Node node) {
        List<SourceSpan> spans = node.getSourceSpans();
        if (!spans.isEmpty()) {
            SourceSpan last = spans.get(spans.size() - 1);
            found.add(
                    new Span(spans.get(0).getInputIndex() - offset, last.getInputIndex() + last.getLength() - offset));
        }
    }

    /** From the first character to behind the last. */
    record Span(int begin, int end) {
        boolean contains(int position) {
            return begin < position && position < end;
        }
    }
}
