package io.feedhub.console.signin;

import io.feedhub.console.audit.Audit;
import io.feedhub.console.identity.Role;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/** The second way in, where {@code feedhub.oidc} names a provider: the code flow of OpenID Connect. */
@Configuration(proxyBeanMethods = false)
@Conditional(SingleSignOn.Configured.class)
final class SingleSignOn {
    /** Where the button leads. */
    static final String START = SignInPage.PATH + "/" + OidcClient.ID;

    /** Where the provider sends people back to. */
    static final String BACK = START + "/code";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Oidc oidc;
    private final Audit audit;
    private final Clock clock;
    private final RestTemplate http;

    SingleSignOn(Users users, Audit audit, Clock clock) {
        this.oidc = users.oidc();
        this.audit = audit;
        this.clock = clock;
        this.http = new RestTemplate(patient());
    }

    /** What people call the provider. */
    String name() {
        return oidc.name();
    }

    /** Opens the way in. */
    void open(HttpSecurity http, SignInSuccessHandler signedIn) throws Exception {
        SignInFailureHandler notSignedIn = new SignInFailureHandler(oidc, audit);
        http.oauth2Login(login -> login.clientRegistrationRepository(new OidcClient(oidc, this.http, clock))
                        .authorizedClientRepository(new NoTokens())
                        .loginPage(SignInPage.PATH)
                        .authorizationEndpoint(start ->
                                start.baseUri(SignInPage.PATH).authorizationRequestRepository(new PendingSignIns()))
                        .redirectionEndpoint(back -> back.baseUri(BACK))
                        .tokenEndpoint(token -> token.accessTokenResponseClient(exchange()))
                        .userInfoEndpoint(person -> person.oidcUserService(people()))
                        .successHandler(signedIn)
                        .failureHandler(notSignedIn)
                        .addObjectPostProcessor(failingTo(notSignedIn)))
                .addFilterBefore(new OidcSessionEnd(oidc.session(), clock), AnonymousAuthenticationFilter.class);
    }

    /** Spring's own would wait without end for a provider that does not answer. */
    @Bean
    JwtDecoderFactory<ClientRegistration> idTokens() {
        return client -> {
            NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSetUri(
                            client.getProviderDetails().getJwkSetUri())
                    .restOperations(http)
                    .build();
            decoder.setClaimSetConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverter());
            decoder.setJwtValidator(
                    JwtValidators.createDefaultWithValidators(List.of(new OidcIdTokenValidator(client))));
            return decoder;
        };
    }

    private OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> exchange() {
        RestClientAuthorizationCodeTokenResponseClient client = new RestClientAuthorizationCodeTokenResponseClient();
        client.setRestClient(RestClient.builder(http)
                .messageConverters(all -> all.add(0, new OAuth2AccessTokenResponseHttpMessageConverter()))
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build());
        return client;
    }

    private OidcUserService people() {
        DefaultOAuth2UserService info = new DefaultOAuth2UserService();
        RestTemplate asking = new RestTemplate(patient());
        asking.setErrorHandler(new OAuth2ErrorResponseErrorHandler());
        info.setRestOperations(asking);
        OidcUserService people = new OidcUserService();
        people.setOauth2UserService(info);
        people.setOidcUserMapper(this::person);
        return people;
    }

    private OidcUser person(OidcUserRequest request, @Nullable OidcUserInfo info) {
        OidcUser told = new DefaultOidcUser(List.of(), request.getIdToken(), info);
        String name = OidcPerson.name(told.getPreferredUsername(), told.getEmail(), told.getSubject());
        Role role = oidc.role(told.getClaims()).orElseThrow(() -> SignInFailureHandler.noRole(name));
        return new OidcPerson(request.getIdToken(), name, role, clock.instant());
    }

    /** When the provider cannot be asked for its addresses, Spring would answer with an empty page. */
    private static ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter> failingTo(
            SignInFailureHandler notSignedIn) {
        return new ObjectPostProcessor<>() {
            @Override
            public <F extends OAuth2AuthorizationRequestRedirectFilter> F postProcess(F start) {
                start.setAuthenticationFailureHandler(notSignedIn);
                return start;
            }
        };
    }

    private static JdkClientHttpRequestFactory patient() {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().connectTimeout(PATIENCE).build());
        requests.setReadTimeout(PATIENCE);
        return requests;
    }

    /** There is a provider. */
    static final class Configured implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !context.getEnvironment()
                    .getProperty("feedhub.oidc.issuer", "")
                    .isBlank();
        }
    }
}
