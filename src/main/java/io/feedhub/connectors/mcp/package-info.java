/** MCP servers: tools of 2026-07-28, and of 2025-11-25 where a server knows no better. */
@NullMarked
package io.feedhub.connectors.mcp;

import org.jspecify.annotations.NullMarked;
