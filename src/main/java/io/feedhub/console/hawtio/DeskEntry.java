package io.feedhub.console.hawtio;

import io.hawt.springboot.HawtioPlugin;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The entry in Hawtio's menu that leads to the desk. */
@Configuration(proxyBeanMethods = false)
final class DeskEntry {

    @Bean
    HawtioPlugin desk() {
        HawtioPlugin desk = new HawtioPlugin("feedhub", "./desk");
        desk.setUrl("static/feedhub");
        return desk;
    }
}
