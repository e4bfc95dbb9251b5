package io.feedhub.console.desk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The machine's own Chromium, without a window. Whatever is asked of it waits until the page can. */
final class Chromium implements AutoCloseable {
    private static final Path BROWSER = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final List<String> ARGUMENTS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars");

    private final ChromeDriver driver;
    private final WebDriverWait wait;
    private final String address;

    Chromium(String address) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER.toString());
        options.addArguments(ARGUMENTS);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .build();
        this.driver = new ChromeDriver(service, options);
        this.wait = new WebDriverWait(driver, LIMIT, LOOK);
        this.address = address;
    }

    /** Why there is no browser to test with; empty when there is one. */
    static String missing() {
        return Files.isExecutable(BROWSER) && Files.isExecutable(DRIVER)
                ? ""
                : "skipped: needs " + BROWSER + " and " + DRIVER + " (apt-get install chromium chromium-driver)";
    }

    void signIn(String name, String password) {
        open("/sign-in");
        find("#username").sendKeys(name);
        find("#password").sendKeys(password);
        find("button").click();
        find("#live");
    }

    void open(String path) {
        driver.get(address + path);
    }

    WebElement find(String css) {
        return until(ExpectedConditions.visibilityOfElementLocated(By.cssSelector(css)));
    }

    /** Clicks what can be clicked; a live page may replace it at that very moment. */
    void click(String css) {
        click(css, wait);
    }

    /** The same on a page that takes longer. */
    void click(String css, Duration limit) {
        click(css, new WebDriverWait(driver, limit, LOOK));
    }

    private static void click(String css, WebDriverWait wait) {
        wait.ignoring(org.openqa.selenium.StaleElementReferenceException.class).until(page -> {
            page.findElement(By.cssSelector(css)).click();
            return true;
        });
    }

    void awaitText(String css, String text) {
        wait.ignoring(org.openqa.selenium.StaleElementReferenceException.class)
                .until(page -> page.findElement(By.cssSelector(css)).getText().contains(text));
    }

    void awaitPath(String path) {
        until(ExpectedConditions.urlToBe(address + path));
    }

    /** Puts a text into the editor, as typing does. */
    void write(String yaml) {
        find(".CodeMirror");
        driver.executeScript("document.querySelector('.CodeMirror').CodeMirror.setValue(arguments[0])", yaml);
    }

    String read() {
        find(".CodeMirror");
        return String.valueOf(
                driver.executeScript("return document.querySelector('.CodeMirror').CodeMirror.getValue()"));
    }

    Object ask(String script) {
        return driver.executeScript(script);
    }

    /** What the browser complained about: scripts that failed, and what the page's policy refused. */
    List<String> complaints() {
        return driver.manage().logs().get("browser").getAll().stream()
                .map(entry -> entry.getMessage())
                .toList();
    }

    void look(int width, int height, String scheme) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    void screenshot(String name) {
        try {
            Files.createDirectories(SCREENSHOTS);
            Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> T until(ExpectedCondition<T> condition) {
        return wait.until(condition);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
