package io.feedhub.flows.check;

import java.util.List;

/** A file that flows share has a name by which its page and its revisions can be asked for. */
final class SharedNameRule implements Rule {

    @Override
    public List<Finding> check(FlowTree tree) {
        return FlowFile.isSharedId(tree.file().id())
                ? List.of()
                : List.of(new Finding(
                        tree.file().name(),
                        1,
                        1,
                        "the file's name is not one for a file that flows share",
                        "at most 63 letters, digits, _ and -, such as connections.yaml"));
    }
}
