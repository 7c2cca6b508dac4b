<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>BackupForm</name>
    <message numerus="yes">
        <source>%Ln message(s) missing in the search.</source>
        <translation>
            <numerusform>%Ln message missing in the search.</numerusform>
            <numerusform>%Ln messages missing in the search.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Restore this backup? It holds %Ln message(s).</source>
        <translation>
            <numerusform>Restore this backup? It holds %Ln message.</numerusform>
            <numerusform>Restore this backup? It holds %Ln messages.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BroadcastLine</name>
    <message numerus="yes">
        <source>Sent to %n group(s) at once: {outcomes}</source>
        <translation>
            <numerusform>Sent to %n group at once: {outcomes}</numerusform>
            <numerusform>Sent to %n groups at once: {outcomes}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Comparison</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConfirmDialog</name>
    <message numerus="yes">
        <source>%n person(s) will be pinged: {names}</source>
        <translation>
            <numerusform>%n person will be pinged: {names}</numerusform>
            <numerusform>%n people will be pinged: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>To %n group(s)</source>
        <translation>
            <numerusform>To %n group</numerusform>
            <numerusform>To %n groups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Production (%n)</source>
        <translation>
            <numerusform>Production (%n)</numerusform>
            <numerusform>Production (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Test (%n)</source>
        <translation>
            <numerusform>Test (%n)</numerusform>
            <numerusform>Test (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send to %n group(s)</source>
        <translation>
            <numerusform>Send to %n group</numerusform>
            <numerusform>Send to %n groups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>To the list {name}: %n group(s)</source>
        <translation>
            <numerusform>To the list {name}: %n group</numerusform>
            <numerusform>To the list {name}: %n groups</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ContactsDialog</name>
    <message numerus="yes">
        <source>%n person(s)</source>
        <translation>
            <numerusform>%n person</numerusform>
            <numerusform>%n people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n shown</source>
        <translation>
            <numerusform>%n shown</numerusform>
            <numerusform>%n shown</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to be looked at</source>
        <translation>
            <numerusform>%n to be looked at</numerusform>
            <numerusform>%n to be looked at</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cannot be saved yet</source>
        <translation>
            <numerusform>%n cannot be saved yet</numerusform>
            <numerusform>%n cannot be saved yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Save the other %n</source>
        <translation>
            <numerusform>Save the other %n</numerusform>
            <numerusform>Save the other %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) put into {team}.</source>
        <translation>
            <numerusform>%n person put into {team}.</numerusform>
            <numerusform>%n people put into {team}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) taken out of {team}.</source>
        <translation>
            <numerusform>%n person taken out of {team}.</numerusform>
            <numerusform>%n people taken out of {team}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) added.</source>
        <translation>
            <numerusform>%n person added.</numerusform>
            <numerusform>%n people added.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more line(s) to be looked at: why stands at their end.</source>
        <translation>
            <numerusform>%n more line to be looked at: why stands at its end.</numerusform>
            <numerusform>%n more lines to be looked at: why stands at their ends.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) to be looked at: why stands at their end.</source>
        <translation>
            <numerusform>%n line to be looked at: why stands at its end.</numerusform>
            <numerusform>%n lines to be looked at: why stands at their ends.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n completed.</source>
        <translation>
            <numerusform>%n completed.</numerusform>
            <numerusform>%n completed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n already here.</source>
        <translation>
            <numerusform>%n already here.</numerusform>
            <numerusform>%n already here.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n saved.</source>
        <translation>
            <numerusform>%n saved.</numerusform>
            <numerusform>%n saved.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n still here:</source>
        <translation>
            <numerusform>%n is still here:</numerusform>
            <numerusform>%n are still here:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more line(s).</source>
        <translation>
            <numerusform>and %n more line.</numerusform>
            <numerusform>and %n more lines.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DaysDialog</name>
    <message numerus="yes">
        <source>At most %n day(s) at a time.</source>
        <translation>
            <numerusform>At most %n day at a time.</numerusform>
            <numerusform>At most %n days at a time.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message numerus="yes">
        <source>%n replaced. Undo takes all of it back.</source>
        <translation>
            <numerusform>%n place replaced. Undo takes it back.</numerusform>
            <numerusform>%n places replaced. Undo takes all of it back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JsonPane</name>
    <message numerus="yes">
        <source>And %n more.</source>
        <translation>
            <numerusform>And %n more.</numerusform>
            <numerusform>And %n more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ListEditor</name>
    <message numerus="yes">
        <source>%n chosen</source>
        <translation>
            <numerusform>%n chosen</numerusform>
            <numerusform>%n chosen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chosen; drag one to change the order</source>
        <translation>
            <numerusform>%n chosen; drag one to change the order</numerusform>
            <numerusform>%n chosen; drag one to change the order</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MentionCompleter</name>
    <message numerus="yes">
        <source>%n person(s)</source>
        <translation>
            <numerusform>%n person</numerusform>
            <numerusform>%n people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MentionsRow</name>
    <message numerus="yes">
        <source>%n of them not in the text: may not be notified.</source>
        <translation>
            <numerusform>%n of them is not in the text and may not be notified.</numerusform>
            <numerusform>%n of them are not in the text and may not be notified.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MissedDialog</name>
    <message numerus="yes">
        <source>{times}, and %n time(s) before</source>
        <translation>
            <numerusform>{times}, and %n time before</numerusform>
            <numerusform>{times}, and %n times before</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MissingWebhooksDialog</name>
    <message numerus="yes">
        <source>%n robot(s) cannot send yet</source>
        <translation>
            <numerusform>%n robot cannot send yet</numerusform>
            <numerusform>%n robots cannot send yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n can wait for later.</source>
        <translation>
            <numerusform>%n can wait for later.</numerusform>
            <numerusform>%n can wait for later.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MonthModel</name>
    <message numerus="yes">
        <source>+ %n more</source>
        <translation>
            <numerusform>+ %n more</numerusform>
            <numerusform>+ %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutcomeLines</name>
    <message numerus="yes">
        <source>%n more; the history has them all</source>
        <translation>
            <numerusform>%n more; the history has it</numerusform>
            <numerusform>%n more; the history has them all</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PartsDialog</name>
    <message numerus="yes">
        <source>Send %n part(s) to {group}</source>
        <translation>
            <numerusform>Send %n part to {group}</numerusform>
            <numerusform>Send %n parts to {group}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>DingTalk takes no message of this length. These %n part(s) go out one after the other, each with its number; where one fails, those that still wait are held back.</source>
        <translation>
            <numerusform>DingTalk takes no message of this length. This %n part goes out one after the other, each with its number; where one fails, those that still wait are held back.</numerusform>
            <numerusform>DingTalk takes no message of this length. These %n parts go out one after the other, each with its number; where one fails, those that still wait are held back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PasteDialog</name>
    <message numerus="yes">
        <source>%n messages: each that is ticked becomes a draft</source>
        <translation>
            <numerusform>%n message: if it is ticked, it becomes a draft</numerusform>
            <numerusform>%n messages: each that is ticked becomes a draft</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>People: %n</source>
        <translation>
            <numerusform>People: %n</numerusform>
            <numerusform>People: %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProblemList</name>
    <message numerus="yes">
        <source>(and %n more like it)</source>
        <translation>
            <numerusform>(and %n more like it)</numerusform>
            <numerusform>(and %n more like it)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n will be refused</source>
        <translation>
            <numerusform>%n will be refused</numerusform>
            <numerusform>%n will be refused</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n shown to nobody</source>
        <translation>
            <numerusform>%n shown to nobody</numerusform>
            <numerusform>%n shown to nobody</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to look at</source>
        <translation>
            <numerusform>%n to look at</numerusform>
            <numerusform>%n to look at</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n worth knowing</source>
        <translation>
            <numerusform>%n worth knowing</numerusform>
            <numerusform>%n worth knowing</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n still to fill in</source>
        <translation>
            <numerusform>%n still to fill in</numerusform>
            <numerusform>%n still to fill in</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueueDialog</name>
    <message numerus="yes">
        <source>%n message(s) wait for one robot, which may send {limit} a minute. One message that says it all would arrive sooner.</source>
        <translation>
            <numerusform>%n message waits for one robot, which may send {limit} a minute. One message that says it all would arrive sooner.</numerusform>
            <numerusform>%n messages wait for one robot, which may send {limit} a minute. One message that says it all would arrive sooner.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QuotaDialog</name>
    <message numerus="yes">
        <source>%n went out from here this month.</source>
        <translation>
            <numerusform>%n went out from here this month.</numerusform>
            <numerusform>%n went out from here this month.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RecipientsDialog</name>
    <message numerus="yes">
        <source>%n chosen</source>
        <translation>
            <numerusform>%n chosen</numerusform>
            <numerusform>%n chosen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ResultPresenter</name>
    <message numerus="yes">
        <source>%n message(s) from the last run never left; see the history</source>
        <translation>
            <numerusform>%n message from the last run never left; see the history</numerusform>
            <numerusform>%n messages from the last run never left; see the history</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RobotForm</name>
    <message numerus="yes">
        <source>As set in DingTalk, one per line, at most %n.</source>
        <translation>
            <numerusform>As set in DingTalk, one per line, at most %n.</numerusform>
            <numerusform>As set in DingTalk, one per line, at most %n.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RobotListPanel</name>
    <message numerus="yes">
        <source>Archived (%n)</source>
        <translation>
            <numerusform>Archived (%n)</numerusform>
            <numerusform>Archived (%n)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RobotLists</name>
    <message numerus="yes">
        <source>{name} (%n group(s))</source>
        <translation>
            <numerusform>{name} (%n group)</numerusform>
            <numerusform>{name} (%n groups)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SchedulesPage</name>
    <message numerus="yes">
        <source>%n run(s) wait for your decision.</source>
        <translation>
            <numerusform>%n run waits for your decision.</numerusform>
            <numerusform>%n runs wait for your decision.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n schedule(s) cannot be read by this version.</source>
        <translation>
            <numerusform>%n schedule cannot be read by this version.</numerusform>
            <numerusform>%n schedules cannot be read by this version.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SendController</name>
    <message numerus="yes">
        <source>%n more of these</source>
        <translation>
            <numerusform>%n more of these</numerusform>
            <numerusform>%n more of these</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This is the first of %n part(s), which go out one after the other.</source>
        <translation>
            <numerusform>This is the first of %n part, which goes out one after the other.</numerusform>
            <numerusform>This is the first of %n parts, which go out one after the other.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) did not arrive: these go out again.</source>
        <translation>
            <numerusform>%n part did not arrive: it goes out again.</numerusform>
            <numerusform>%n parts did not arrive: these go out again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SourceBar</name>
    <message numerus="yes">
        <source>%n field(s)</source>
        <translation>
            <numerusform>%n field</numerusform>
            <numerusform>%n fields</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message numerus="yes">
        <source>%n robot(s) without a webhook: paste…</source>
        <translation>
            <numerusform>%n robot without a webhook: paste…</numerusform>
            <numerusform>%n robots without a webhook: paste…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TableConfirmDialog</name>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>to %n group(s)</source>
        <translation>
            <numerusform>to %n group</numerusform>
            <numerusform>to %n groups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send %n message(s)</source>
        <translation>
            <numerusform>Send %n message</numerusform>
            <numerusform>Send %n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It will take about %n minute(s).</source>
        <translation>
            <numerusform>It will take about %n minute.</numerusform>
            <numerusform>It will take about %n minutes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) ping everyone in the group.</source>
        <translation>
            <numerusform>%n message pings everyone in the group.</numerusform>
            <numerusform>%n messages ping everyone in the group.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) ping somebody.</source>
        <translation>
            <numerusform>%n message pings somebody.</numerusform>
            <numerusform>%n messages ping somebody.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) are left out.</source>
        <translation>
            <numerusform>%n row is left out.</numerusform>
            <numerusform>%n rows are left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The sandbox refused %n of them.</source>
        <translation>
            <numerusform>The sandbox refused %n of them.</numerusform>
            <numerusform>The sandbox refused %n of them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TableSendDialog</name>
    <message numerus="yes">
        <source>%n row(s) will be sent.</source>
        <translation>
            <numerusform>%n row will be sent.</numerusform>
            <numerusform>%n rows will be sent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) are left out.</source>
        <translation>
            <numerusform>%n row is left out.</numerusform>
            <numerusform>%n rows are left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) mention nobody.</source>
        <translation>
            <numerusform>%n row mentions nobody.</numerusform>
            <numerusform>%n rows mention nobody.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send %n message(s)…</source>
        <translation>
            <numerusform>Send %n message…</numerusform>
            <numerusform>Send %n messages…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UpkeepDialog</name>
    <message numerus="yes">
        <source>%Ln message(s) deleted for good.</source>
        <translation>
            <numerusform>%Ln message deleted for good.</numerusform>
            <numerusform>%Ln messages deleted for good.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WebhooksDialog</name>
    <message numerus="yes">
        <source>%n robot(s) will be added</source>
        <translation>
            <numerusform>%n robot will be added</numerusform>
            <numerusform>%n robots will be added</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Preview</name>
    <message numerus="yes">
        <source>%Ln message(s) would go.</source>
        <translation>
            <numerusform>%Ln message would go.</numerusform>
            <numerusform>%Ln messages would go.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>And %n thing(s) of the past beside them: closed drafts, earlier versions, rehearsals, what was given to templates, kept searches, tables.</source>
        <translation>
            <numerusform>And %n thing of the past beside them: closed drafts, earlier versions, rehearsals, what was given to templates, kept searches, tables.</numerusform>
            <numerusform>And %n things of the past beside them: closed drafts, earlier versions, rehearsals, what was given to templates, kept searches, tables.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open draft(s)</source>
        <translation>
            <numerusform>%n open draft</numerusform>
            <numerusform>%n open drafts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n template(s)</source>
        <translation>
            <numerusform>%n template</numerusform>
            <numerusform>%n templates</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n schedule(s)</source>
        <translation>
            <numerusform>%n schedule</numerusform>
            <numerusform>%n schedules</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n table(s) under way</source>
        <translation>
            <numerusform>%n table under way</numerusform>
            <numerusform>%n tables under way</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n contact(s)</source>
        <translation>
            <numerusform>%n contact</numerusform>
            <numerusform>%n contacts</numerusform>
        </translation>
    </message>
</context>
</TS>
