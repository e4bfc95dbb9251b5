package io.feedhub.console.hawtio;

import io.feedhub.console.audit.Audit;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jolokia.server.core.http.AgentServlet;
import org.jolokia.server.core.service.api.JolokiaServiceManager;
import org.jolokia.server.core.service.api.Restrictor;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * JMX over HTTP, for Hawtio. Jolokia's own wiring for Boot has no place for the audit, so that endpoint is not exposed and
 * this servlet stands where it would.
 */
@Configuration(proxyBeanMethods = false)
public final class JolokiaDoor {
    /** Where it stands; all below it is Jolokia's. */
    public static final String PATH = "/hawtio/jolokia";

    @Bean
    ServletRegistrationBean<AgentServlet> jolokia(Audit audit) throws IOException {
        JmxPolicy policy = JmxPolicy.ofTheJar();
        var servlet = new ServletRegistrationBean<AgentServlet>(
                new Agent(policy, new JmxRestrictor(policy), audit), PATH + "/*");
        servlet.setInitParameters(Map.of(
                "agentDescription", "feedhub",
                "discoveryEnabled", "false",
                "includeStackTrace", "false",
                "allowErrorDetails", "false",
                "canonicalNaming", "false",
                "maxDepth", "10",
                "maxCollectionSize", "5000",
                "mimeType", "application/json"));
        return servlet;
    }

    private static final class Agent extends AgentServlet {
        private static final long serialVersionUID = 1L;

        private final transient JmxPolicy policy;
        private final transient Restrictor restrictor;
        private final transient Audit audit;
        private final transient JmxBudget budget = new JmxBudget();

        Agent(JmxPolicy policy, Restrictor restrictor, Audit audit) {
            super(restrictor);
            this.policy = policy;
            this.restrictor = restrictor;
            this.audit = audit;
        }

        @Override
        protected void initServices(ServletConfig config, JolokiaServiceManager services) {
            super.initServices(config, services);
            services.addService(new JmxActions(policy, restrictor, audit, budget));
            services.addService(budget);
        }

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            budget.renew();
            try {
                super.doPost(request, response);
            } finally {
                budget.renew();
            }
        }
    }
}
