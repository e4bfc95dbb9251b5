package io.feedhub.flows.check;

import java.util.List;

/** One thing a flow's file must keep to. */
interface Rule {

    /** What breaks the rule, in the order of the file. */
    List<Finding> check(FlowTree tree);
}
