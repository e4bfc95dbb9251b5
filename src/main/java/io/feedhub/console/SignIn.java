package io.feedhub.console;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/** How people sign in. What they may do then is in {@link Access}. */
@Configuration(proxyBeanMethods = false)
class SignIn {

    @Bean
    SecurityFilterChain doors(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(SignIn::rows)
                .httpBasic(Customizer.withDefaults())
                .formLogin(Customizer.withDefaults())
                // Hawtio reads the token from the cookie; a request that carries its own credentials cannot be forged
                .csrf(csrf -> csrf.csrfTokenRepository(CookieCsrfTokenRepository.withHttpOnlyFalse())
                        .csrfTokenRequestHandler(eagerToken())
                        .ignoringRequestMatchers(request -> request.getHeader("Authorization") != null))
                .build();
    }

    private static void rows(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
        PathPatternRequestMatcher.Builder paths = PathPatternRequestMatcher.withDefaults();
        Access.OPEN.forEach(
                path -> requests.requestMatchers(paths.matcher(path)).permitAll());
        Access.ROWS.forEach(row -> requests.requestMatchers(paths.matcher(row.method(), row.path()))
                .hasRole(row.role().name()));
        requests.anyRequest().denyAll();
    }

    /** Writes the cookie with every answer: after signing in, Hawtio needs the new one before its first request. */
    private static CsrfTokenRequestAttributeHandler eagerToken() {
        CsrfTokenRequestAttributeHandler handler = new CsrfTokenRequestAttributeHandler();
        handler.setCsrfRequestAttributeName(null);
        return handler;
    }

    @Bean
    UserDetailsService people(Users users) {
        return new InMemoryUserDetailsManager(users.users().stream()
                .map(user -> User.withUsername(user.name())
                        .password(user.password())
                        .authorities(user.role().authorities())
                        .build())
                .toList());
    }
}
