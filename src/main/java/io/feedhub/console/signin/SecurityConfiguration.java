package io.feedhub.console.signin;

import io.feedhub.console.audit.Audit;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.authentication.builders.AuthenticationManagerBuilder;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;

/** How people and programs sign in. What they may do then is in {@link AccessRules}. */
@Configuration(proxyBeanMethods = false)
final class SecurityConfiguration {
    private static final String POLICY = "default-src 'self'; style-src 'self'; img-src 'self' data:; "
            + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    @Bean
    SecurityFilterChain doors(
            HttpSecurity http,
            Passwords passwords,
            ObjectProvider<SingleSignOn> singleSignOn,
            Users users,
            Refusals refusals,
            Audit audit,
            Clock clock,
            Environment environment)
            throws Exception {
        boolean sandbox = environment.acceptsProfiles(Profiles.of("sandbox"));
        RequestedPageCache requestedPage = new RequestedPageCache();
        SignInSuccessHandler signedIn = new SignInSuccessHandler(audit, requestedPage);
        askNobodyElse(http);
        SingleSignOn provider = singleSignOn.getIfAvailable();
        if (provider != null) {
            provider.open(http, signedIn);
        }
        return http.authenticationProvider(passwords)
                .requestCache(cache -> cache.requestCache(requestedPage))
                .authorizeHttpRequests(requests -> rows(requests, sandbox))
                .addFilterBefore(new SameOrigin(users.hosts(), refusals), CsrfFilter.class)
                .addFilterBefore(
                        new BearerTokenFilter(users.tokens(), clock, refusals), BasicAuthenticationFilter.class)
                .httpBasic(basic -> basic.authenticationEntryPoint(refusals))
                .formLogin(form -> form.loginPage(SignInPage.PATH)
                        .successHandler(signedIn)
                        .failureHandler(SecurityConfiguration::wrong))
                .logout(logout -> logout.logoutUrl("/sign-out").logoutSuccessUrl(SignInPage.PATH))
                .exceptionHandling(
                        refused -> refused.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .csrf(SecurityConfiguration::forgery)
                .headers(SecurityConfiguration::headers)
                .build();
    }

    /** Spring would try a wrong password a second time, with all ways to sign in that it finds, and it would count twice. */
    private static void askNobodyElse(HttpSecurity http) {
        http.getSharedObject(AuthenticationManagerBuilder.class).parentAuthenticationManager(null);
    }

    /** Hawtio reads the token from the cookie; a request that carries its own credentials cannot be forged. */
    private static void forgery(CsrfConfigurer<HttpSecurity> csrf) {
        csrf.csrfTokenRepository(CookieCsrfTokenRepository.withHttpOnlyFalse())
                .csrfTokenRequestHandler(eagerToken())
                .ignoringRequestMatchers(request -> request.getHeader("Authorization") != null);
    }

    private static void wrong(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        boolean locked = failure instanceof Lockout.Locked;
        LastTry.failed(request, response, locked ? String.valueOf(failure.getMessage()) : "Wrong name or password.");
    }

    /** What the firewall of Spring Security turns away: addresses that are written so as to hide what they ask for. */
    @Bean
    RequestRejectedHandler hiddenAddresses(Refusals refusals) {
        return (request, response, refusal) -> refusals.refuse(
                request,
                response,
                HttpStatus.BAD_REQUEST,
                "an address or a header with characters that have no place there");
    }

    private static void rows(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests,
            boolean sandbox) {
        PathPatternRequestMatcher.Builder paths = PathPatternRequestMatcher.withDefaults();
        AccessRules.OPEN.forEach(
                path -> requests.requestMatchers(paths.matcher(path)).permitAll());
        if (sandbox) {
            requests.requestMatchers(request ->
                            paths.matcher(AccessRules.SANDBOX).matches(request) && Loopback.is(request.getRemoteAddr()))
                    .permitAll();
        }
        AccessRules.ROWS.forEach(
                row -> requests.requestMatchers(row::fits).hasRole(row.role().name()));
        requests.anyRequest().denyAll();
    }

    /** Hawtio, and the sandbox's page, have policies and scripts of their own. */
    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        PathPatternRequestMatcher.Builder paths = PathPatternRequestMatcher.withDefaults();
        headers.referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                .addHeaderWriter(new DelegatingRequestMatcherHeaderWriter(
                        new NegatedRequestMatcher(
                                new OrRequestMatcher(paths.matcher("/hawtio/**"), paths.matcher(AccessRules.SANDBOX))),
                        new StaticHeadersWriter("Content-Security-Policy", POLICY)));
    }

    /** Writes the cookie with every answer: after signing in, Hawtio needs the new one before its first request. */
    private static CsrfTokenRequestAttributeHandler eagerToken() {
        CsrfTokenRequestAttributeHandler handler = new CsrfTokenRequestAttributeHandler();
        handler.setCsrfRequestAttributeName(null);
        return handler;
    }
}
