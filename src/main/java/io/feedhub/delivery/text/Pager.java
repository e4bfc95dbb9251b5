package io.feedhub.delivery.text;

import java.util.ArrayList;
import java.util.List;

/** Puts pieces on pages, in order: on the page at hand when they fit, else on the next. */
final class Pager {
    private final int most;
    private final List<String> pages = new ArrayList<>();
    private String page = "";

    Pager(int most) {
        this.most = most;
    }

    /** @param gap what separates the piece from the one before on the same page */
    void add(Piece piece, String gap) {
        if (length(piece.text()) > most) {
            piece.apart().apply(most).forEach(part -> place(part, gap));
        } else {
            place(piece.text(), gap);
        }
    }

    List<String> pages() {
        turn();
        return pages;
    }

    private void place(String text, String gap) {
        String longer = page.isEmpty() ? text : page + gap + text;
        if (length(longer) > most) {
            turn();
            page = text;
        } else {
            page = longer;
        }
    }

    private void turn() {
        if (!page.isBlank()) {
            pages.add(page);
        }
        page = "";
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
