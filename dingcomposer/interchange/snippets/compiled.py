"""A message as a program that is compiled first: Java 11 with its HttpClient, and Go."""

import json

from dingcomposer.interchange.snippets.request import HEAD, CopiedRequest, fill

_LINE_LENGTH = 72

_JAVA = """\
@@head@@
// For Java 11 and later. Save it as Send.java, in UTF-8, and run:
// java -Dfile.encoding=UTF-8 Send.java
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLHandshakeException;

public class Send {
    static final String MESSAGE = String.join("",
@@message@@);

    static final Pattern ERRCODE =
        Pattern.compile("\\"errcode\\"\\\\s*:\\\\s*(?:\\"(-?[0-9]+)\\"|(-?[0-9]+))\\\\s*[,}]");

    static void finish(int code, String words) {
        if (!words.isEmpty()) {
            System.err.println(words);
        }
        System.exit(code);
    }

    static String variable(String name, boolean mayBeEmpty) {
        String value = System.getenv(name);
        if (value == null || (value.isEmpty() && !mayBeEmpty)) {
            finish(3, "Nothing was sent: set " + name + " first.");
        }
        return value;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    public static void main(String[] arguments) throws Exception {
        if (!"\u4e2d".equals("\\u4e2d")) {
            finish(3, "Nothing was sent: run it with -Dfile.encoding=UTF-8.");
        }
        String token = variable("DINGTALK_TOKEN", false);
        String secret = @@secret@@
@@id_words@@
        String msgUuid = @@msg_uuid@@;
        String body = MESSAGE.substring(0, MESSAGE.length() - 1)
            + ",\\"msgUuid\\":\\"" + msgUuid + "\\"}";
        String query = "access_token=" + encoded(token);
        if (!secret.isEmpty()) {
            long timestamp = System.currentTimeMillis();
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] words = (timestamp + "\\n" + secret).getBytes(StandardCharsets.UTF_8);
            String sign = Base64.getEncoder().encodeToString(mac.doFinal(words));
            query += "&timestamp=" + timestamp + "&sign=" + encoded(sign);
        }

        HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER) // the token would leave with it
            .connectTimeout(Duration.ofSeconds(@@connect_s@@))
            .build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(@@endpoint@@ + "?" + query))
            .timeout(Duration.ofSeconds(@@total_s@@))
            .header("Content-Type", "application/json; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
            .build();
        HttpResponse<String> reply = null;
        try {
            reply = client.send(
                request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (ConnectException | HttpConnectTimeoutException | SSLHandshakeException error) {
            finish(3, "Nothing was sent.");
        } catch (IOException error) {
            finish(2, "It is not known whether it was delivered: no whole answer came."
                + " Check the group.");
        }
        String answer = reply.body();
        System.out.println(answer);
        Matcher found = ERRCODE.matcher(answer);
        String errcode = "";
        if (answer.stripLeading().startsWith("{") && found.find()) {
            errcode = found.group(1) != null ? found.group(1) : found.group(2);
            if (found.find()) {
                errcode = ""; // two of them say nothing
            }
        }
        if (errcode.equals("0") && reply.statusCode() == 200) {
            finish(0, "");
        }
        if (errcode.equals("-1") || errcode.equals("500100")) {
            finish(2, "DingTalk was busy, and may have taken it. Check the group.");
        }
        if (!errcode.isEmpty() && !errcode.equals("0")) {
            finish(1, "Refused: errcode " + errcode + " (HTTP " + reply.statusCode() + ").");
        }
        finish(2, "It is not known whether it was delivered: HTTP " + reply.statusCode()
            + ". Check the group.");
    }
}
"""

_GO = """\
@@head@@
// For Go 1.18 and later. Save it as send.go, build it once (go build send.go) and run ./send:
// "go run" turns every exit code but 0 into 1.
package main

import (
@@imports@@
)

const endpoint = @@endpoint@@

// The message, in raw quotes: letter for letter.
const message = `@@message@@`

var number = regexp.MustCompile(`^(-?[0-9]+|"-?[0-9]+")$`)

func finish(code int, words string) {
\tif words != "" {
\t\tfmt.Fprintln(os.Stderr, words)
\t}
\tos.Exit(code)
}

func variable(name string, mayBeEmpty bool) string {
\tvalue, isSet := os.LookupEnv(name)
\tif !isSet || (value == "" && !mayBeEmpty) {
\t\tfinish(3, "Nothing was sent: set "+name+" first.")
\t}
\treturn value
}

func main() {
\tquery := url.Values{"access_token": {variable("DINGTALK_TOKEN", false)}}
\tsecret := @@secret@@
\tif secret != "" {
\t\ttimestamp := fmt.Sprint(time.Now().UnixMilli())
\t\tmac := hmac.New(sha256.New, []byte(secret))
\t\tmac.Write([]byte(timestamp + "\\n" + secret))
\t\tquery.Set("timestamp", timestamp)
\t\tquery.Set("sign", base64.StdEncoding.EncodeToString(mac.Sum(nil)))
\t}
@@id_words@@
@@msg_uuid@@
\tbody := message[:len(message)-1] + `,"msgUuid":"` + msgUuid + `"}`

\tclient := &http.Client{
\t\tTimeout: @@total_s@@ * time.Second,
\t\t// A redirect is not followed: the token would leave with it.
\t\tCheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
\t}
\treply, err := client.Post(
\t\tendpoint+"?"+query.Encode(), "application/json; charset=utf-8", strings.NewReader(body))
\tvar dial *net.OpError
\tvar unknown x509.UnknownAuthorityError
\tvar other x509.HostnameError
\tvar invalid x509.CertificateInvalidError
\tif err != nil && (errors.As(err, &dial) && dial.Op == "dial" || errors.As(err, &unknown) ||
\t\terrors.As(err, &other) || errors.As(err, &invalid)) {
\t\tfinish(3, "Nothing was sent.")
\t}
\tvar answer []byte
\tif err == nil {
\t\tdefer reply.Body.Close()
\t\tanswer, err = io.ReadAll(io.LimitReader(reply.Body, 1<<20))
\t}
\tif err != nil {
\t\tfinish(2, "It is not known whether it was delivered: no whole answer came. Check the group.")
\t}
\tfmt.Println(string(answer))
\tvar read map[string]json.RawMessage
\terrcode := ""
\tif json.Unmarshal(answer, &read) == nil && number.Match(read["errcode"]) {
\t\terrcode = strings.Trim(string(read["errcode"]), `"`)
\t}
\tswitch {
\tcase errcode == "0" && reply.StatusCode == 200:
\t\tfinish(0, "")
\tcase errcode == "-1", errcode == "500100":
\t\tfinish(2, "DingTalk was busy, and may have taken it. Check the group.")
\tcase errcode != "" && errcode != "0":
\t\tfinish(1, fmt.Sprintf("Refused: errcode %s (HTTP %d).", errcode, reply.StatusCode))
\t}
\tfinish(2, fmt.Sprintf(
\t\t"It is not known whether it was delivered: HTTP %d. Check the group.", reply.StatusCode))
}
"""

_GO_NEW_ID = """\
\trandom := make([]byte, 16)
\tif _, err := rand.Read(random); err != nil {
\t\tfinish(3, "Nothing was sent: this machine gives no random numbers.")
\t}
\tmsgUuid := hex.EncodeToString(random)"""

_GO_IMPORTS = (
    "crypto/hmac",
    "crypto/sha256",
    "crypto/x509",
    "encoding/base64",
    "encoding/json",
    "errors",
    "fmt",
    "io",
    "net",
    "net/http",
    "net/url",
    "os",
    "regexp",
    "strings",
    "time",
)


def java(request: CopiedRequest) -> str:
    """The program, which refuses to run where its text was read in another encoding."""
    text = request.json()
    pieces = [text[at : at + _LINE_LENGTH] for at in range(0, len(text), _LINE_LENGTH)]
    fresh = "UUID.randomUUID().toString()"
    return fill(
        _JAVA,
        head=request.comments(HEAD, "//"),
        message=",\n".join(f"        {_quoted(piece)}" for piece in pieces),
        secret={
            True: 'variable("DINGTALK_SECRET", false);',
            False: '""; // this robot does not sign',
            None: 'variable("DINGTALK_SECRET", true); // empty: the robot does not sign',
        }[request.is_signed],
        id_words=request.comments(request.id_words, "        //"),
        msg_uuid=fresh if request.msg_uuid is None else _quoted(request.msg_uuid),
        endpoint=_quoted(request.endpoint),
        connect_s=str(request.connect_s),
        total_s=str(request.total_s),
    )


def go(request: CopiedRequest) -> str:
    """The program. Raw quotes hold all but a backtick, which JSON can write as an escape."""
    fresh = request.msg_uuid is None
    more = ("crypto/rand", "encoding/hex") if fresh else ()
    return fill(
        _GO,
        head=request.comments(HEAD, "//"),
        imports="\n".join(f'\t"{name}"' for name in sorted((*_GO_IMPORTS, *more))),
        endpoint=_quoted(request.endpoint),
        message=request.json(also="`"),
        secret={
            True: 'variable("DINGTALK_SECRET", false)',
            False: '"" // this robot does not sign',
            None: 'variable("DINGTALK_SECRET", true) // empty: the robot does not sign',
        }[request.is_signed],
        id_words=request.comments(request.id_words, "\t//"),
        msg_uuid=_GO_NEW_ID if fresh else f"\tmsgUuid := {_quoted(request.msg_uuid or '')}",
        total_s=str(request.total_s),
    )


def _quoted(text: str) -> str:
    """In double quotes, as both read them: JSON's own escapes are among theirs."""
    return json.dumps(text, ensure_ascii=False)
