package io.feedhub.console;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;

/** Who may do what. Only health is open; everything else wants a signed-in user, and changes want an operator. */
@Configuration(proxyBeanMethods = false)
class SignIn {

    @Bean
    SecurityFilterChain doors(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers("/observe/health/**", "/observe/health")
                        .permitAll()
                        .requestMatchers("/hawtio/**", "/jolokia/**")
                        .hasRole("operator")
                        .requestMatchers(HttpMethod.GET, "/**")
                        .hasRole("viewer")
                        .anyRequest()
                        .hasRole("operator"))
                .httpBasic(Customizer.withDefaults())
                .formLogin(Customizer.withDefaults())
                // Hawtio reads the token from the cookie; a request that carries its own credentials cannot be forged
                .csrf(csrf -> csrf.csrfTokenRepository(CookieCsrfTokenRepository.withHttpOnlyFalse())
                        .csrfTokenRequestHandler(eagerToken())
                        .ignoringRequestMatchers(request -> request.getHeader("Authorization") != null))
                .build();
    }

    /** Writes the cookie with every answer: after signing in, Hawtio needs the new one before its first request. */
    private static CsrfTokenRequestAttributeHandler eagerToken() {
        CsrfTokenRequestAttributeHandler handler = new CsrfTokenRequestAttributeHandler();
        handler.setCsrfRequestAttributeName(null);
        return handler;
    }

    @Bean
    RoleHierarchy roles() {
        return RoleHierarchyImpl.withDefaultRolePrefix()
                .role("admin")
                .implies("editor")
                .role("editor")
                .implies("operator")
                .role("operator")
                .implies("viewer")
                .build();
    }

    @Bean
    UserDetailsService people(Users users) {
        return new InMemoryUserDetailsManager(users.users().stream()
                .map(user -> User.withUsername(user.name())
                        .password(user.password())
                        .roles(user.role())
                        .build())
                .toList());
    }
}
