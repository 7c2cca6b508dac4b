<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>About</name>
    <message>
        <source>Version {version} · MIT licence</source>
        <translation>版本 {version} · MIT 许可证</translation>
    </message>
    <message>
        <source>Write a message for a DingTalk group robot, see it as the group will, send it signed, and prove what happened.</source>
        <translation>为钉钉群机器人写消息，先看到群里的样子，加签发送，事后还能证明发生了什么。</translation>
    </message>
    <message>
        <source>What was copied</source>
        <translation>复制的内容</translation>
    </message>
    <message>
        <source>Copy details for a report</source>
        <translation>复制详情用于反馈</translation>
    </message>
    <message>
        <source>It connects to your robots&apos; hosts, to the pictures that a preview shows, and to nothing else.</source>
        <translation>只连接机器人所在的服务器和预览里图片的地址，别的都不连接。</translation>
    </message>
    <message>
        <source>Copied, as it stands here: versions, the system, and the last lines of the log. No token or secret is in it; names of robots and hosts may be.</source>
        <translation>已复制，内容就是这些：版本、系统和日志的最后几行。其中没有 Token 和密钥，但可能有机器人和服务器的名称。</translation>
    </message>
</context>
<context>
    <name>AdvancedSection</name>
    <message>
        <source>Allowed addresses</source>
        <translation>IP 地址（段）</translation>
    </message>
    <message>
        <source>As in the robot&apos;s settings: 1.1.1.1 or 1.1.1.0/24, one per line.</source>
        <translation>与机器人设置中的一致，如 1.1.1.1 或 1.1.1.0/24，每行一个。</translation>
    </message>
    <message>
        <source>Mobile numbers</source>
        <translation>手机号</translation>
    </message>
    <message>
        <source>Mobiles: 13800000000, +852-12345678</source>
        <translation>手机号：13800000000、+852-12345678</translation>
    </message>
    <message>
        <source>User IDs</source>
        <translation>userId</translation>
    </message>
    <message>
        <source>User IDs: manager123, user456</source>
        <translation>userId：manager123、user456</translation>
    </message>
    <message>
        <source>@everyone</source>
        <translation>@所有人</translation>
    </message>
    <message>
        <source>Mention everyone by default</source>
        <translation>默认 @所有人</translation>
    </message>
    <message>
        <source>Seconds to connect</source>
        <translation>连接等待时间（秒）</translation>
    </message>
    <message>
        <source>Seconds to answer</source>
        <translation>等待回复的时间（秒）</translation>
    </message>
    <message>
        <source>Default mentions</source>
        <translation>默认 @ 成员</translation>
    </message>
    <message>
        <source>Timeouts</source>
        <translation>等待时间</translation>
    </message>
    <message>
        <source>s to connect</source>
        <translation>秒内连上</translation>
    </message>
    <message>
        <source>s to answer</source>
        <translation>秒内回复</translation>
    </message>
</context>
<context>
    <name>ArchiveActions</name>
    <message>
        <source>Nothing has been sent yet.</source>
        <translation>还没有发送过任何消息。</translation>
    </message>
    <message>
        <source>Read back an export</source>
        <translation>读回导出的文件</translation>
    </message>
    <message>
        <source>Exported to {path}</source>
        <translation>已导出到 {path}</translation>
    </message>
    <message>
        <source>Choose two messages in the table first: Ctrl and a click adds one.</source>
        <translation>请先在表中选两条消息：按住 Ctrl 再点击可多选。</translation>
    </message>
</context>
<context>
    <name>AttemptsModel</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>HTTP</source>
        <translation>HTTP</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回复</translation>
    </message>
</context>
<context>
    <name>AttemptsTable</name>
    <message>
        <source>Attempts</source>
        <translation>发送经过</translation>
    </message>
</context>
<context>
    <name>BackgroundDialog</name>
    <message>
        <source>Keep running in the background</source>
        <translation>在后台继续运行</translation>
    </message>
    <message>
        <source>What is planned is sent while this program runs, with or without its window.</source>
        <translation>只要程序在运行，到点就会发送，不管窗口开没开着。</translation>
    </message>
    <message>
        <source>Stay in the tray when the window is closed</source>
        <translation>关闭窗口后留在系统托盘</translation>
    </message>
    <message>
        <source>Start in the tray when I log in</source>
        <translation>登录系统时在托盘里启动</translation>
    </message>
    <message>
        <source>This desktop has no tray: closing the window ends the program.</source>
        <translation>这个桌面没有系统托盘：关闭窗口就会退出程序。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>For the login this is written: {path}</source>
        <translation>登录时启动会写入：{path}</translation>
    </message>
    <message>
        <source>It was never tried on such a system.</source>
        <translation>没有在这类系统上试过。</translation>
    </message>
    <message>
        <source>{tool} says no: {words}</source>
        <translation>{tool} 没有接受：{words}</translation>
    </message>
    <message>
        <source>The file could not be written.</source>
        <translation>文件写不进去。</translation>
    </message>
    <message>
        <source>The system&apos;s own scheduler sends what is due</source>
        <translation>由系统的计划任务到点发送</translation>
    </message>
    <message>
        <source>Send without the window…</source>
        <translation>不开窗口也发送…</translation>
    </message>
</context>
<context>
    <name>BackgroundRunning</name>
    <message>
        <source>DingComposer runs on here and sends what is planned.</source>
        <translation>DingComposer 在这里继续运行，到点发送。</translation>
    </message>
    <message>
        <source>Something planned was not sent. Click to look at it.</source>
        <translation>有定时消息未发出，点这里查看。</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>未发出</translation>
    </message>
    <message>
        <source>Keep running in the tray</source>
        <translation>留在系统托盘继续运行</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Quit DingComposer?</source>
        <translation>退出 DingComposer？</translation>
    </message>
    <message>
        <source>What is planned is not sent while no DingComposer runs.</source>
        <translation>退出后，定时消息到点不会发送。</translation>
    </message>
    <message>
        <source>Other ways…</source>
        <translation>其他办法…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Next is {time}. What is missed is told at the next start, and never sent late by itself. This is asked once.</source>
        <translation>最近一次是{time}。错过的会在下次启动时告诉你，绝不会自己补发。这个问题只问这一次。</translation>
    </message>
</context>
<context>
    <name>BackupForm</name>
    <message>
        <source>Backups, newest first</source>
        <translation>备份，最新的在前</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>立即备份</translation>
    </message>
    <message>
        <source>Restore…</source>
        <translation>恢复…</translation>
    </message>
    <message>
        <source>Restore a file…</source>
        <translation>从文件恢复…</translation>
    </message>
    <message>
        <source>Check the database</source>
        <translation>检查数据文件</translation>
    </message>
    <message>
        <source>weekly</source>
        <translation>每周</translation>
    </message>
    <message>
        <source>on demand</source>
        <translation>手动</translation>
    </message>
    <message>
        <source>{time}   {size} MB   {kind}</source>
        <translation>{time}   {size} MB   {kind}</translation>
    </message>
    <message>
        <source>A copy of everything but the secrets is made each week; the newest five are kept. They lie in {folder}.</source>
        <translation>除密钥以外的全部内容每周自动备份一次，保留最新的五份，存放在 {folder}。</translation>
    </message>
    <message>
        <source>Being copied …</source>
        <translation>正在备份…</translation>
    </message>
    <message>
        <source>The backup is made.</source>
        <translation>备份完成。</translation>
    </message>
    <message>
        <source>Being read through …</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>The database is sound, and every message can be found.</source>
        <translation>数据文件完好，每条消息都能搜到。</translation>
    </message>
    <message>
        <source>The database is damaged: {damages}</source>
        <translation>数据文件已损坏：{damages}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) missing in the search.</source>
        <translation>
            <numerusform>有 %Ln 条消息搜不到。</numerusform>
        </translation>
    </message>
    <message>
        <source>This file cannot be restored. {why}</source>
        <translation>无法从这个文件恢复。{why}</translation>
    </message>
    <message>
        <source>At the next start this backup takes the place of what is here now.</source>
        <translation>下次启动时，这份备份将取代现有内容。</translation>
    </message>
    <message>
        <source>Restore a backup</source>
        <translation>恢复备份</translation>
    </message>
    <message numerus="yes">
        <source>Restore this backup? It holds %Ln message(s).</source>
        <translation>
            <numerusform>恢复这份备份吗？其中有 %Ln 条消息。</numerusform>
        </translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>The newest is of {time}. At the next start it takes the place of everything that is here now: history, drafts, robots and contacts. What is here now is kept beside it.</source>
        <translation>其中最新的一条发于 {time}。下次启动时，它将取代现有的全部内容：发送记录、草稿、机器人和联系人。现有内容会另存在旁边。</translation>
    </message>
</context>
<context>
    <name>Broadcast</name>
    <message>
        <source>Would be refused again: {reason}</source>
        <translation>再发还会被拒绝：{reason}</translation>
    </message>
    <message>
        <source>Would be refused again, for what was refused is still in it: {reason}</source>
        <translation>再发还会被拒绝，被拒绝的内容还在：{reason}</translation>
    </message>
    <message>
        <source>Would fail again unless it was set right: {reason}</source>
        <translation>除非已经改好，否则再发还会失败：{reason}</translation>
    </message>
    <message>
        <source>Would be refused again before {time}: {reason}</source>
        <translation>{time} 之前再发还会被拒绝：{reason}</translation>
    </message>
    <message>
        <source>{group}: {reason}</source>
        <translation>{group}：{reason}</translation>
    </message>
    <message>
        <source>Was not sent: {reason}</source>
        <translation>上次未发出：{reason}</translation>
    </message>
    <message>
        <source>Was refused: {reason}</source>
        <translation>上次被拒绝：{reason}</translation>
    </message>
    <message>
        <source>“{keyword}”</source>
        <translation>“{keyword}”</translation>
    </message>
    <message>
        <source>the keyword {keyword} is missing</source>
        <translation>缺少关键词{keyword}</translation>
    </message>
    <message>
        <source>one of the keywords {keywords} is missing</source>
        <translation>缺少关键词，需含其一：{keywords}</translation>
    </message>
</context>
<context>
    <name>BroadcastController</name>
    <message>
        <source>There is no group left that it could be sent to again.</source>
        <translation>已经没有可以再发的群了。</translation>
    </message>
    <message>
        <source>No group in this list has a webhook.</source>
        <translation>这个列表里的群都没有 Webhook。</translation>
    </message>
</context>
<context>
    <name>BroadcastLine</name>
    <message numerus="yes">
        <source>Sent to %n group(s) at once: {outcomes}</source>
        <translation>
            <numerusform>同时发送到 %n 个群：{outcomes}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Bubble</name>
    <message>
        <source>Nothing written yet</source>
        <translation>还没有内容</translation>
    </message>
</context>
<context>
    <name>BundleExportDialog</name>
    <message>
        <source>Export robots and more</source>
        <translation>导出机器人和其他数据</translation>
    </message>
    <message>
        <source>{kind} ({count})</source>
        <translation>{kind}（{count}）</translation>
    </message>
    <message>
        <source>Without webhooks: nobody can send with it</source>
        <translation>不含 Webhook：用它发不了消息</translation>
    </message>
    <message>
        <source>With webhooks and secrets, behind a passphrase</source>
        <translation>包含 Webhook 和密钥，用口令加密</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>One file from which another computer gets what is ticked below, in one step; drafts and the history are not in it. Who sends from two computers shares each robot&apos;s 20 messages a minute.</source>
        <translation>一个文件，下面勾选的内容在另一台电脑上一步就能恢复，不包括草稿和发送记录。两台电脑一起发送时，每个机器人每分钟 20 条消息是共用的。</translation>
    </message>
    <message>
        <source>Choose what is to be in the file.</source>
        <translation>请选择文件里要有什么。</translation>
    </message>
    <message>
        <source>robots-{day}</source>
        <translation>机器人-{day}</translation>
    </message>
    <message>
        <source>DingComposer file (*{ending})</source>
        <translation>DingComposer 文件 (*{ending})</translation>
    </message>
    <message>
        <source>Sealing…</source>
        <translation>正在加密…</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>正在写入…</translation>
    </message>
    <message>
        <source>Nothing was written.</source>
        <translation>没有写入任何内容。</translation>
    </message>
</context>
<context>
    <name>BundleLauncher</name>
    <message>
        <source>Tables of webhooks and DingComposer files ({endings})</source>
        <translation>Webhook 表格和 DingComposer 文件 ({endings})</translation>
    </message>
    <message>
        <source>Import robots</source>
        <translation>导入机器人</translation>
    </message>
    <message>
        <source>There is no row in this file.</source>
        <translation>这个文件里没有内容。</translation>
    </message>
</context>
<context>
    <name>Bundles</name>
    <message>
        <source>{file} was written.</source>
        <translation>已写入 {file}。</translation>
    </message>
    <message>
        <source>The file cannot be read.</source>
        <translation>读取不了这个文件。</translation>
    </message>
    <message>
        <source>The file is larger than any such file.</source>
        <translation>文件太大，不像是这种文件。</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>文件是空的。</translation>
    </message>
    <message>
        <source>This is no file of DingComposer&apos;s.</source>
        <translation>这不是 DingComposer 的文件。</translation>
    </message>
    <message>
        <source>A newer version of DingComposer has written this file: update this one.</source>
        <translation>这个文件由更新版本的 DingComposer 写成，请先更新本程序。</translation>
    </message>
    <message>
        <source>The end of the file is missing, or something in it was changed. Have it copied again.</source>
        <translation>文件的末尾缺失，或内容被改动过。请重新复制一份。</translation>
    </message>
    <message>
        <source>This is not the passphrase that the file was sealed with.</source>
        <translation>口令不对，不是加密这个文件时用的口令。</translation>
    </message>
    <message>
        <source>The file is sealed: it opens with its passphrase.</source>
        <translation>文件已加密，要用口令打开。</translation>
    </message>
    <message>
        <source>The file is sealed for a key, not with a passphrase: another program made it.</source>
        <translation>文件是用密钥而不是口令加密的，由其他程序生成。</translation>
    </message>
    <message>
        <source>To open this file would take more work than any file of DingComposer&apos;s needs.</source>
        <translation>打开这个文件所需的计算量远超 DingComposer 的文件，没有打开。</translation>
    </message>
    <message>
        <source>Something in the file is not as it should be ({place}). Nothing was taken over.</source>
        <translation>文件里有一处不对（{place}）。没有导入任何内容。</translation>
    </message>
    <message>
        <source>There is more in the file than this program takes ({place}).</source>
        <translation>文件里的内容超出了本程序的上限（{place}）。</translation>
    </message>
    <message>
        <source>The file is too large.</source>
        <translation>文件太大。</translation>
    </message>
    <message>
        <source>This is neither a table nor JSON of webhooks.</source>
        <translation>这既不是 Webhook 表格，也不是 Webhook 的 JSON。</translation>
    </message>
    <message>
        <source>This workbook opens with a password only. Save it without one first.</source>
        <translation>这个工作簿要密码才能打开。请先另存为不带密码的。</translation>
    </message>
    <message>
        <source>no webhook in this row</source>
        <translation>这一行没有 Webhook</translation>
    </message>
    <message>
        <source>this is no webhook</source>
        <translation>这不是 Webhook</translation>
    </message>
    <message>
        <source>the webhook lacks its access_token</source>
        <translation>Webhook 缺少 access_token</translation>
    </message>
    <message>
        <source>the signing secret is none</source>
        <translation>加签密钥不对</translation>
    </message>
    <message>
        <source>no robot in this entry</source>
        <translation>这一项没有机器人</translation>
    </message>
    <message>
        <source>Robots</source>
        <translation>机器人</translation>
    </message>
    <message>
        <source>Lists of robots</source>
        <translation>机器人列表</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Contacts</source>
        <translation>联系人</translation>
    </message>
    <message>
        <source>Schedules</source>
        <translation>定时发送</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新的</translation>
    </message>
    <message>
        <source>the same</source>
        <translation>相同</translation>
    </message>
    <message>
        <source>different</source>
        <translation>不同</translation>
    </message>
    <message>
        <source>Add what is new, leave the rest as it is here</source>
        <translation>添加新的，其余保持这里的</translation>
    </message>
    <message>
        <source>Add what is new, take the file&apos;s if different</source>
        <translation>添加新的，不同的以文件为准</translation>
    </message>
    <message>
        <source>Add what is new, keep both if different</source>
        <translation>添加新的，不同的两个都保留</translation>
    </message>
    <message>
        <source>Take nothing of it</source>
        <translation>不导入</translation>
    </message>
    <message>
        <source>At least {count} characters.</source>
        <translation>至少 {count} 个字符。</translation>
    </message>
    <message>
        <source>Weak: whoever has the file may guess it. Several words are stronger.</source>
        <translation>较弱：拿到文件的人可能猜出来。用几个词组成的口令更安全。</translation>
    </message>
    <message>
        <source>Fair. One more word makes it strong.</source>
        <translation>尚可。再加一个词就很强。</translation>
    </message>
    <message>
        <source>Strong.</source>
        <translation>很强。</translation>
    </message>
    <message>
        <source>name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>test or production</source>
        <translation>测试或正式</translation>
    </message>
    <message>
        <source>address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>keywords</source>
        <translation>关键词</translation>
    </message>
    <message>
        <source>webhook</source>
        <translation>Webhook</translation>
    </message>
    <message>
        <source>signing secret</source>
        <translation>加签密钥</translation>
    </message>
    <message>
        <source>tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>tag</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>who is in it</source>
        <translation>成员</translation>
    </message>
    <message>
        <source>robots</source>
        <translation>机器人</translation>
    </message>
    <message>
        <source>gap</source>
        <translation>间隔</translation>
    </message>
    <message>
        <source>message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>mobile number</source>
        <translation>手机号</translation>
    </message>
    <message>
        <source>user ID</source>
        <translation>userId</translation>
    </message>
    <message>
        <source>department</source>
        <translation>部门</translation>
    </message>
    <message>
        <source>teams</source>
        <translation>团队</translation>
    </message>
    <message>
        <source>other settings</source>
        <translation>其他设置</translation>
    </message>
    <message>
        <source>already belongs to {names}</source>
        <translation>已经属于 {names}</translation>
    </message>
    <message>
        <source>the same webhook as {names} in this file</source>
        <translation>与本文件中的 {names} 是同一个 Webhook</translation>
    </message>
    <message>
        <source>{group}: {sentence}</source>
        <translation>{group}：{sentence}</translation>
    </message>
    <message>
        <source>A file could not be written: see whether the disk is full or protected.</source>
        <translation>文件写不进去：请检查磁盘是否已满或写保护。</translation>
    </message>
    <message>
        <source>What is here was changed meanwhile, so nothing was taken over. Try it again.</source>
        <translation>这里的内容在此期间有变化，没有导入任何内容。请重试。</translation>
    </message>
    <message>
        <source>Nothing was taken over.</source>
        <translation>没有导入任何内容。</translation>
    </message>
    <message>
        <source>{kind}: {count}</source>
        <translation>{kind} {count}</translation>
    </message>
    <message>
        <source>Taken over: {what}.</source>
        <translation>已导入：{what}。</translation>
    </message>
    <message>
        <source>Schedules come paused: where two computers keep the same, both would send.</source>
        <translation>定时发送以暂停状态导入：两台电脑都有同一个时，两边都会发送。</translation>
    </message>
    <message>
        <source>the webhook is missing here</source>
        <translation>这里缺少 Webhook</translation>
    </message>
    <message>
        <source>Files can be neither sealed nor unsealed here: for Windows on ARM there is no library that does it. The program for x86-64 has it, and runs there, too.</source>
        <translation>这里不能加密文件，也不能打开加密的文件：ARM 版 Windows 没有相应的库。x86-64 版的程序可以，在这样的电脑上也能运行。</translation>
    </message>
</context>
<context>
    <name>ButtonRow</name>
    <message>
        <source>(no label)</source>
        <translation>（按钮没有文字）</translation>
    </message>
</context>
<context>
    <name>ChatView</name>
    <message>
        <source>Messages in the sandbox group, newest last</source>
        <translation>沙箱群里的消息，最新的在最下面</translation>
    </message>
    <message>
        <source>Show earlier messages</source>
        <translation>查看更早的消息</translation>
    </message>
    <message>
        <source>Choose the robot {robot} in the list on the left, write something, and press Send. The message arrives here and never leaves this computer.</source>
        <translation>在左侧列表中选择机器人“{robot}”，写点内容，再点“发送”。消息会出现在这里，不会离开这台电脑。</translation>
    </message>
    <message>
        <source>No message here yet</source>
        <translation>这里还没有消息</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>沙箱</translation>
    </message>
</context>
<context>
    <name>ChecksDialog</name>
    <message>
        <source>Fields of a template that nobody has filled in: {{name}}, ${name}, %s</source>
        <translation>模板里没填的地方：{{name}}、${name}、%s</translation>
    </message>
    <message>
        <source>A weekday that does not go with its date</source>
        <translation>日期和星期对不上</translation>
    </message>
    <message>
        <source>A day that is past</source>
        <translation>日期已经过去</translation>
    </message>
    <message>
        <source>A time of today that is over</source>
        <translation>今天的时间已经过了</translation>
    </message>
    <message>
        <source>A title that says nothing, such as “Notice”</source>
        <translation>标题看不出内容，例如“通知”</translation>
    </message>
    <message>
        <source>Markdown signs in a title</source>
        <translation>标题里有 Markdown 符号</translation>
    </message>
    <message>
        <source>Markdown signs in a text message</source>
        <translation>文本消息里有 Markdown 符号</translation>
    </message>
    <message>
        <source>HTML in plain text</source>
        <translation>纯文本里有 HTML</translation>
    </message>
    <message>
        <source>\n or \t typed as two signs</source>
        <translation>打成两个字符的 \n 或 \t</translation>
    </message>
    <message>
        <source>Tables, which phones do not draw</source>
        <translation>表格，手机上不显示成表格</translation>
    </message>
    <message>
        <source>Lines that run on into the next one</source>
        <translation>没有换行，和下一行连在一起</translation>
    </message>
    <message>
        <source>Links to files of your own computer or network drive</source>
        <translation>链接指向自己电脑或共享盘上的文件</translation>
    </message>
    <message>
        <source>Links into the company&apos;s own network</source>
        <translation>链接指向公司内网</translation>
    </message>
    <message>
        <source>Links without encryption</source>
        <translation>链接没有加密</translation>
    </message>
    <message>
        <source>Links that open in DingTalk&apos;s side panel</source>
        <translation>链接会在钉钉侧边栏打开</translation>
    </message>
    <message>
        <source>Numbers behind an @ that DingTalk does not read</source>
        <translation>@ 后面的号码，钉钉认不出来</translation>
    </message>
    <message>
        <source>Names behind an @ that are not among the contacts</source>
        <translation>@ 后面的姓名不在联系人里</translation>
    </message>
    <message>
        <source>Titles, labels and texts that are cut off</source>
        <translation>标题、按钮文字或摘要太长，会被截断</translation>
    </message>
    <message>
        <source>Emoji as a code, such as :smile:</source>
        <translation>表情代码，如“:smile:”</translation>
    </message>
    <message>
        <source>What is checked</source>
        <translation>检查哪些内容</translation>
    </message>
    <message>
        <source>These are told before you send. What DingTalk would refuse is always told and stands in no list.</source>
        <translation>发送前会提示这些问题。钉钉会拒绝的内容始终提示，不在此列。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Several days that are all past</source>
        <translation>几个日期都已过去</translation>
    </message>
    <message>
        <source>{{group_name}}, which becomes each group&apos;s own name</source>
        <translation>{{group_name}}（群名），发送时会换成各群自己的名字</translation>
    </message>
</context>
<context>
    <name>Checkup</name>
    <message>
        <source>Webhook</source>
        <translation>Webhook</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Signing secret</source>
        <translation>加签密钥</translation>
    </message>
    <message>
        <source>Keyword</source>
        <translation>关键词</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>Host name</source>
        <translation>域名</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Trusted issuers</source>
        <translation>信任的证书</translation>
    </message>
    <message>
        <source>Encryption (TLS)</source>
        <translation>加密（TLS）</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>电脑时间</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>检查中…</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Fault</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <source>Nothing can be sent to this address.</source>
        <translation>无法向这个地址发送任何消息。</translation>
    </message>
    <message>
        <source>DingTalk would refuse every message.</source>
        <translation>钉钉会拒绝所有消息。</translation>
    </message>
    <message>
        <source>The signature would not match, and DingTalk would refuse every message.</source>
        <translation>签名会对不上，钉钉会拒绝所有消息。</translation>
    </message>
    <message>
        <source>If it is not the whole secret, DingTalk refuses every message.</source>
        <translation>如果密钥不完整，钉钉会拒绝所有消息。</translation>
    </message>
    <message>
        <source>DingTalk would refuse the message you are writing.</source>
        <translation>钉钉会拒绝你正在写的消息。</translation>
    </message>
    <message>
        <source>Where DingTalk looks for keywords is not documented.</source>
        <translation>关键词写在哪里才算数，钉钉的文档没有说明。</translation>
    </message>
    <message>
        <source>Edit the robot and paste its webhook again.</source>
        <translation>请编辑机器人并重新粘贴 Webhook。</translation>
    </message>
    <message>
        <source>Edit the robot and paste its secret again.</source>
        <translation>请编辑机器人并重新粘贴密钥。</translation>
    </message>
    <message>
        <source>It may still be right: the form of a token is not documented.</source>
        <translation>也可能没问题：Token 该是什么样子，钉钉的文档没有说明。</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回复</translation>
    </message>
    <message>
        <source>Put one of the keywords into the text, exactly as it is set.</source>
        <translation>请在正文里加上一个关键词，要和设置的一字不差。</translation>
    </message>
    <message>
        <source>On request</source>
        <translation>手动检查</translation>
    </message>
    <message>
        <source>{word}, estimated</source>
        <translation>{word}（推测）</translation>
    </message>
    <message>
        <source>The sandbox</source>
        <translation>沙箱</translation>
    </message>
    <message>
        <source>DingTalk</source>
        <translation>钉钉</translation>
    </message>
    <message>
        <source>{host}</source>
        <comment>who answers</comment>
        <translation>“{host}”</translation>
    </message>
    <message>
        <source>Ask the sandbox</source>
        <translation>问一下沙箱</translation>
    </message>
    <message>
        <source>Ask {who}</source>
        <translation>问一下{who}</translation>
    </message>
    <message>
        <source>The request contained no message, so nothing was posted.</source>
        <translation>请求里没有消息，群里不会出现任何内容。</translation>
    </message>
    <message>
        <source>{who} answered: {said}</source>
        <translation>{who}回复：{said}</translation>
    </message>
    <message>
        <source>The host did not begin an encrypted connection in time.</source>
        <translation>服务器没有及时建立加密连接。</translation>
    </message>
    <message>
        <source>No fault found.</source>
        <translation>未发现故障。</translation>
    </message>
    <message>
        <source>As it stands it would be refused. The robot has no fault in it.</source>
        <translation>这样发会被拒绝。这是消息的问题，不是机器人的问题。</translation>
    </message>
    <message>
        <source>It may be refused as it stands.</source>
        <translation>这样发可能会被拒绝。</translation>
    </message>
    <message>
        <source>{who} was not asked yet: whether token and secret are right is not known.</source>
        <translation>还没有问过{who}：Token 和密钥对不对，目前还不知道。</translation>
    </message>
    <message>
        <source>{who} was not asked yet: whether the token is right is not known.</source>
        <translation>还没有问过{who}：Token 对不对，目前还不知道。</translation>
    </message>
    <message>
        <source>Whether the secret is right is still not certain: a test message will tell.</source>
        <translation>加签密钥对不对仍不能确定，发一条测试消息就知道了。</translation>
    </message>
    <message>
        <source>Check-up of the robot “{name}” ({host}), {when}, DingComposer {version}</source>
        <translation>机器人“{name}”（{host}）的体检报告，{when}，DingComposer {version}</translation>
    </message>
    <message>
        <source>The message you are writing</source>
        <translation>正在写的消息</translation>
    </message>
    <message>
        <source>[{verdict}] {step}: {found}</source>
        <translation>[{verdict}] {step}：{found}</translation>
    </message>
    <message>
        <source>DingComposer check-up: test message</source>
        <translation>DingComposer 体检：测试消息</translation>
    </message>
    <message>
        <source>This is a test message. Nothing needs to be done.</source>
        <translation>这是一条测试消息，不用处理。</translation>
    </message>
    <message>
        <source>DingTalk&apos;s documentation</source>
        <translation>钉钉文档</translation>
    </message>
    <message>
        <source>The environment&apos;s {variable} names {environment_file}, which the network settings do not obey.</source>
        <translation>环境变量 {variable} 指定了 {environment_file}，但按网络设置没有采用。</translation>
    </message>
    <message>
        <source>The system&apos;s settings: {environment}; none for {exceptions}.</source>
        <translation>系统设置：{environment}；{exceptions} 不使用代理。</translation>
    </message>
    <message>
        <source>The system&apos;s settings: {environment}.</source>
        <translation>系统设置：{environment}。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>ahead of the server&apos;s clock</source>
        <translation>比服务器时间快</translation>
    </message>
    <message>
        <source>behind the server&apos;s clock</source>
        <translation>比服务器时间慢</translation>
    </message>
    <message>
        <source>{h} h {min} min</source>
        <translation>{h} 小时 {min} 分</translation>
    </message>
    <message>
        <source>{d} d {h} h</source>
        <translation>{d} 天 {h} 小时</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>Not checked, because “{step}” failed.</source>
        <translation>“{step}”没有通过，所以没有检查。</translation>
    </message>
    <message>
        <source>The check-up broke off here.</source>
        <translation>体检到这里中断了。</translation>
    </message>
    <message>
        <source>Check again.</source>
        <translation>请重新检查。</translation>
    </message>
    <message>
        <source>{host}</source>
        <translation>{host}</translation>
    </message>
    <message>
        <source>This is one of DingTalk&apos;s own hosts.</source>
        <translation>这是钉钉官方的域名。</translation>
    </message>
    <message>
        <source>{host} is not one of DingTalk&apos;s public hosts.</source>
        <translation>{host} 不是钉钉的公开域名。</translation>
    </message>
    <message>
        <source>That is right for a dedicated deployment (专有钉钉). Otherwise the token would go to a stranger.</source>
        <translation>如果使用专有钉钉，这是正常的；否则 Token 会发给陌生的服务器。</translation>
    </message>
    <message>
        <source>If you are not sure, ask whoever gave you the webhook.</source>
        <translation>如果不确定，请问提供 Webhook 的人。</translation>
    </message>
    <message>
        <source>{host} is this computer.</source>
        <translation>{host} 是这台电脑。</translation>
    </message>
    <message>
        <source>Messages go to the sandbox, or to a program of your own, and not to DingTalk.</source>
        <translation>消息会发送到沙箱或你自己的程序，不会发送到钉钉。</translation>
    </message>
    <message>
        <source>{length} characters, 0–9 and a–f.</source>
        <translation>共 {length} 位，由 0–9 和 a–f 组成。</translation>
    </message>
    <message>
        <source>It begins with SEC and contains no white space.</source>
        <translation>以 SEC 开头，没有夹着空格。</translation>
    </message>
    <message>
        <source>Every message to this robot is signed with it.</source>
        <translation>发给这个机器人的消息都会用它加签。</translation>
    </message>
    <message>
        <source>That is right if signing (加签) is off in the robot&apos;s security settings.</source>
        <translation>如果机器人的安全设置没有开启加签，这是正常的。</translation>
    </message>
    <message>
        <source>If it is on, edit the robot and paste the secret that begins with SEC.</source>
        <translation>如果已开启，请编辑机器人并粘贴以 SEC 开头的密钥。</translation>
    </message>
    <message>
        <source>“{keyword}” is in the message you are writing.</source>
        <translation>正在写的消息里有“{keyword}”。</translation>
    </message>
    <message>
        <source>DingTalk&apos;s keyword check should pass.</source>
        <translation>钉钉的关键词检查应该能通过。</translation>
    </message>
    <message>
        <source>No keywords are noted for this robot.</source>
        <translation>还没有填写这个机器人的关键词。</translation>
    </message>
    <message>
        <source>That is right if keywords are off in its security settings.</source>
        <translation>如果机器人的安全设置没有开启“自定义关键词”，这是正常的。</translation>
    </message>
    <message>
        <source>If they are on, edit the robot and note them, so that every message is checked.</source>
        <translation>如果已开启，请编辑机器人、填上关键词，这样每条消息都会检查。</translation>
    </message>
    <message>
        <source>You are not writing a message to this robot.</source>
        <translation>现在没有在给这个机器人写消息。</translation>
    </message>
    <message>
        <source>There is nothing to search for a keyword.</source>
        <translation>没有内容可以查找关键词。</translation>
    </message>
    <message>
        <source>None.</source>
        <translation>无。</translation>
    </message>
    <message>
        <source>This computer is always reached directly.</source>
        <translation>访问这台电脑自己，不经过代理。</translation>
    </message>
    <message>
        <source>None is set on this system.</source>
        <translation>系统没有设置代理。</translation>
    </message>
    <message>
        <source>The host is reached directly.</source>
        <translation>直接连接服务器。</translation>
    </message>
    <message>
        <source>None for this host.</source>
        <translation>这个域名不使用代理。</translation>
    </message>
    <message>
        <source>The system&apos;s settings except it, so it is reached directly.</source>
        <translation>系统设置把它排除在外，因此直接连接。</translation>
    </message>
    <message>
        <source>The network settings say to reach the host directly.</source>
        <translation>按网络设置，直接连接服务器。</translation>
    </message>
    <message>
        <source>{proxy}, from the system&apos;s settings.</source>
        <translation>{proxy}，来自系统设置。</translation>
    </message>
    <message>
        <source>It opened the way to the host.</source>
        <translation>代理已接通服务器。</translation>
    </message>
    <message>
        <source>{proxy}, from the network settings.</source>
        <translation>{proxy}，来自网络设置。</translation>
    </message>
    <message>
        <source>{proxy} cannot be reached.</source>
        <translation>无法连接代理 {proxy}。</translation>
    </message>
    <message>
        <source>Nothing can be sent this way.</source>
        <translation>通过它什么都发不出去。</translation>
    </message>
    <message>
        <source>Check the proxy&apos;s address, or choose another way in the network settings.</source>
        <translation>请检查代理地址，或在网络设置里换一种方式。</translation>
    </message>
    <message>
        <source>Something went wrong in this program; see the log for details.</source>
        <translation>程序内部出错，详见日志。</translation>
    </message>
    <message>
        <source>None is stored.</source>
        <translation>没有保存。</translation>
    </message>
    <message>
        <source>{proxy} asks for a password, or does not accept this one.</source>
        <translation>代理 {proxy} 要求输入密码，或者密码不对。</translation>
    </message>
    <message>
        <source>Check user name and password in the network settings, or ask whoever runs the proxy.</source>
        <translation>请检查网络设置里的用户名和密码，或联系代理的管理员。</translation>
    </message>
    <message>
        <source>{proxy} did not open the way to the host.</source>
        <translation>代理 {proxy} 没有接通服务器。</translation>
    </message>
    <message>
        <source>Ask whoever runs the proxy to allow this host.</source>
        <translation>请联系代理的管理员放行这个域名。</translation>
    </message>
    <message>
        <source>{proxy} is not the address of an HTTP proxy.</source>
        <translation>{proxy} 不是 HTTP 代理的地址。</translation>
    </message>
    <message>
        <source>The address must begin with http:// or https:// and name a host.</source>
        <translation>地址必须以 http:// 或 https:// 开头，并包含域名。</translation>
    </message>
    <message>
        <source>IPv4: {ipv4} · IPv6: {ipv6}</source>
        <translation>IPv4：{ipv4} · IPv6：{ipv6}</translation>
    </message>
    <message>
        <source>The host&apos;s name can be looked up.</source>
        <translation>域名可以解析。</translation>
    </message>
    <message>
        <source>Not needed: the webhook contains an address.</source>
        <translation>不需要：Webhook 里已经是 IP 地址。</translation>
    </message>
    <message>
        <source>Left to the proxy, which looks up the name itself.</source>
        <translation>交给代理自己去查。</translation>
    </message>
    <message>
        <source>There was no answer about {host} within {seconds} s.</source>
        <translation>{seconds} 秒内没有查到 {host} 的地址。</translation>
    </message>
    <message>
        <source>The name server does not respond.</source>
        <translation>DNS 服务器没有反应。</translation>
    </message>
    <message>
        <source>Check the network connection, and the VPN if there is one.</source>
        <translation>请检查网络连接；如有 VPN，也请检查。</translation>
    </message>
    <message>
        <source>{host} was not found.</source>
        <translation>找不到 {host}。</translation>
    </message>
    <message>
        <source>The name is wrong, or this computer has no name server at the moment.</source>
        <translation>域名写错了，或者这台电脑目前没有可用的 DNS 服务器。</translation>
    </message>
    <message>
        <source>Check the network connection, and the host in the webhook.</source>
        <translation>请检查网络连接和 Webhook 里的域名。</translation>
    </message>
    <message>
        <source>{address} accepted the connection in {duration_ms} ms.</source>
        <translation>已连上 {address}，用时 {duration_ms} 毫秒。</translation>
    </message>
    <message>
        <source>The host can be reached.</source>
        <translation>可以连接服务器。</translation>
    </message>
    <message>
        <source>{address} accepted the connection in {duration_ms} ms; {failed} did not.</source>
        <translation>已连上 {address}，用时 {duration_ms} 毫秒；{failed} 连不上。</translation>
    </message>
    <message>
        <source>Every new connection tries {failed} first and loses time there.</source>
        <translation>每次新建连接都先试 {failed}，所以会变慢。</translation>
    </message>
    <message>
        <source>Tell whoever runs the network.</source>
        <translation>请告诉网络管理员。</translation>
    </message>
    <message>
        <source>{address} accepted the connection in {duration_ms} ms, over IPv6.</source>
        <translation>已通过 IPv6 连上 {address}，用时 {duration_ms} 毫秒。</translation>
    </message>
    <message>
        <source>An address list is noted for this robot, and DingTalk&apos;s list takes no IPv6 addresses: messages that arrive this way may be refused.</source>
        <translation>这个机器人填写了 IP 地址（段），而钉钉的列表不支持 IPv6：走 IPv6 的消息可能被拒绝。</translation>
    </message>
    <message>
        <source>Go through a proxy with an IPv4 address, or turn IPv6 off.</source>
        <translation>请使用 IPv4 地址的代理，或关闭 IPv6。</translation>
    </message>
    <message>
        <source>The proxy connected to the host in {duration_ms} ms.</source>
        <translation>代理用 {duration_ms} 毫秒连上了服务器。</translation>
    </message>
    <message>
        <source>{address} refused the connection on port {port}.</source>
        <translation>{address} 拒绝了 {port} 端口的连接。</translation>
    </message>
    <message>
        <source>Nothing is listening there, or a firewall turns it away.</source>
        <translation>那里没有服务，或者被防火墙挡住了。</translation>
    </message>
    <message>
        <source>{address} did not answer in the time allowed.</source>
        <translation>{address} 没有在规定时间内回复。</translation>
    </message>
    <message>
        <source>Something on the way drops the connection, usually a firewall.</source>
        <translation>连接在半路上断了，通常是防火墙造成的。</translation>
    </message>
    <message>
        <source>Check the network, or set the proxy that your company uses.</source>
        <translation>请检查网络，或设置公司使用的代理。</translation>
    </message>
    <message>
        <source>The network has no route to {address}.</source>
        <translation>网络无法到达 {address}。</translation>
    </message>
    <message>
        <source>Something else answers in the host&apos;s place: a login page, a proxy, or another server.</source>
        <translation>回复的不是目标服务器，而是登录页面、代理或别的服务器。</translation>
    </message>
    <message>
        <source>No encrypted connection to {host} could be made.</source>
        <translation>无法与 {host} 建立加密连接。</translation>
    </message>
    <message>
        <source>This computer is offline, or the host is in another network.</source>
        <translation>这台电脑没有联网，或者服务器在另一个网络里。</translation>
    </message>
    <message>
        <source>It looks like a DingTalk token. Only asking can tell whether it is still valid.</source>
        <translation>符合钉钉 Token 的样式。是否仍然有效，只有问过才知道。</translation>
    </message>
    <message>
        <source>No connection to {address} could be opened.</source>
        <translation>连不上 {address}。</translation>
    </message>
    <message>
        <source>This computer has no file handles left for it.</source>
        <translation>这台电脑打开的文件和连接太多，到上限了。</translation>
    </message>
    <message>
        <source>Close other programs, or start this one anew.</source>
        <translation>请关闭其他程序，或重新启动本程序。</translation>
    </message>
    <message>
        <source>{address} could not be reached.</source>
        <translation>无法连接 {address}。</translation>
    </message>
    <message>
        <source>The connection failed before anything was sent.</source>
        <translation>还没有发出任何内容，连接就失败了。</translation>
    </message>
    <message>
        <source>Check the network connection.</source>
        <translation>请检查网络连接。</translation>
    </message>
    <message>
        <source>The system&apos;s certificate store.</source>
        <translation>系统证书库。</translation>
    </message>
    <message>
        <source>Whoever this computer trusts, the program trusts too.</source>
        <translation>这台电脑信任的颁发机构，程序也信任。</translation>
    </message>
    <message>
        <source>Mozilla&apos;s list, which comes with the program.</source>
        <translation>随程序附带的 Mozilla 列表。</translation>
    </message>
    <message>
        <source>A company&apos;s own certificates are not on it.</source>
        <translation>里面没有公司自己的证书。</translation>
    </message>
    <message>
        <source>{file}</source>
        <translation>{file}</translation>
    </message>
    <message>
        <source>Only issuers in this file are trusted.</source>
        <translation>只信任这个文件里的颁发机构。</translation>
    </message>
    <message>
        <source>{variable} names this file, and the network settings say to obey it.</source>
        <translation>文件由 {variable} 指定，网络设置要求采用。</translation>
    </message>
    <message>
        <source>The file of trusted issuers cannot be read: {file}</source>
        <translation>无法读取 CA 证书文件：{file}</translation>
    </message>
    <message>
        <source>Without it no host can be trusted, and nothing is sent.</source>
        <translation>没有它就无法信任任何服务器，什么都不会发送。</translation>
    </message>
    <message>
        <source>Check the file in the network settings.</source>
        <translation>请检查网络设置里的文件。</translation>
    </message>
    <message>
        <source>Not needed on this computer.</source>
        <translation>访问这台电脑自己，不需要加密。</translation>
    </message>
    <message>
        <source>The connection never leaves it.</source>
        <translation>连接不会离开这台电脑。</translation>
    </message>
    <message>
        <source>Issued by {issuer} for {subject}, valid until {ends}.</source>
        <translation>由 {issuer} 颁发给 {subject}，有效期至 {ends}。</translation>
    </message>
    <message>
        <source>{version}: the connection is encrypted, and the host is who it claims to be.</source>
        <translation>{version}：连接已加密，服务器身份真实。</translation>
    </message>
    <message>
        <source>It ends in {days} d. After that nothing can be sent until the host has a new certificate.</source>
        <translation>{days} 天后到期。到期后，服务器换证书之前什么都发不出去。</translation>
    </message>
    <message>
        <source>If the host is your company&apos;s, tell whoever runs it.</source>
        <translation>如果是公司的服务器，请告诉它的管理员。</translation>
    </message>
    <message>
        <source>The certificate is self-signed: {subject} vouches for itself.</source>
        <translation>证书是自签名的：{subject} 自己给自己签发。</translation>
    </message>
    <message>
        <source>Anybody could have made it, so nothing is sent there.</source>
        <translation>这样的证书谁都能做，所以不会往那里发送任何内容。</translation>
    </message>
    <message>
        <source>If the host is your company&apos;s, choose its CA file in the network settings.</source>
        <translation>如果是公司的服务器，请在网络设置里选择公司的 CA 证书文件。</translation>
    </message>
    <message>
        <source>The certificate, issued by {issuer}, is valid from {begins} only.</source>
        <translation>由 {issuer} 颁发的证书从 {begins} 起才生效。</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is probably behind.</source>
        <translation>这台电脑的时间可能慢了。</translation>
    </message>
    <message>
        <source>Set the clock, then check again.</source>
        <translation>请校准时间，然后重新检查。</translation>
    </message>
    <message>
        <source>The certificate, issued by {issuer}, ended on {ends}.</source>
        <translation>由 {issuer} 颁发的证书已在 {ends} 到期。</translation>
    </message>
    <message>
        <source>The host has not renewed it, or this computer&apos;s clock is ahead.</source>
        <translation>服务器没有更新证书，或者这台电脑的时间快了。</translation>
    </message>
    <message>
        <source>Look at the clock below; if it is right, tell whoever runs the host.</source>
        <translation>请看下面的“电脑时间”一项；如果时间正确，请告诉服务器的管理员。</translation>
    </message>
    <message>
        <source>The certificate is for {names}, not for {host}.</source>
        <translation>证书是 {names} 的，不是 {host} 的。</translation>
    </message>
    <message>
        <source>Check the host in the webhook. In a guest network, log in with the browser first.</source>
        <translation>请检查 Webhook 里的域名。如果是访客网络，请先用浏览器登录。</translation>
    </message>
    <message>
        <source>The certificate&apos;s issuer, {issuer}, is not trusted here.</source>
        <translation>证书的颁发机构 {issuer} 不受信任。</translation>
    </message>
    <message>
        <source>Most likely a company&apos;s proxy opens encrypted connections, or the host has a certificate of the company&apos;s own.</source>
        <translation>很可能是公司的代理会拆开加密连接，或者服务器用的是公司自己的证书。</translation>
    </message>
    <message>
        <source>Ask for the company&apos;s CA file and choose it in the network settings.</source>
        <translation>请向公司索取 CA 证书文件，并在网络设置里选择它。</translation>
    </message>
    <message>
        <source>The certificate of {host} is faulty.</source>
        <translation>{host} 的证书有误。</translation>
    </message>
    <message>
        <source>The host cannot prove who it is, so nothing is sent there.</source>
        <translation>服务器无法证明自己的身份，所以不会往那里发送任何内容。</translation>
    </message>
    <message>
        <source>What answers there does not speak TLS, or something on the way broke it off.</source>
        <translation>对方不支持 TLS，或者连接中途断了。</translation>
    </message>
    <message>
        <source>Check the host and port in the webhook, and the proxy.</source>
        <translation>请检查 Webhook 里的域名和端口，以及代理。</translation>
    </message>
    <message>
        <source>It agrees with the server&apos;s to within {apart}.</source>
        <translation>与服务器时间相差不超过 {apart}。</translation>
    </message>
    <message>
        <source>A signature may be up to one hour off.</source>
        <translation>签名时间最多可以差 1 小时。</translation>
    </message>
    <message>
        <source>{apart} {direction}.</source>
        <translation>{direction} {apart}。</translation>
    </message>
    <message>
        <source>Signatures still pass. Beyond one hour DingTalk refuses them.</source>
        <translation>签名还能通过；相差超过 1 小时，钉钉会拒绝。</translation>
    </message>
    <message>
        <source>Turn on automatic time in the system&apos;s settings.</source>
        <translation>请在系统设置里开启自动设置时间。</translation>
    </message>
    <message>
        <source>Beyond one hour DingTalk refuses every signature.</source>
        <translation>相差超过 1 小时，钉钉会拒绝所有签名。</translation>
    </message>
    <message>
        <source>Set the clock, and turn on automatic time in the system&apos;s settings.</source>
        <translation>请校准时间，并在系统设置里开启自动设置时间。</translation>
    </message>
    <message>
        <source>DingTalk would refuse signatures. This robot does not use them.</source>
        <translation>钉钉会拒绝签名，但这个机器人没有开启加签。</translation>
    </message>
    <message>
        <source>The host&apos;s answer contained no time.</source>
        <translation>服务器的回复里没有时间。</translation>
    </message>
    <message>
        <source>The clocks could not be compared.</source>
        <translation>无法比较时间。</translation>
    </message>
    <message>
        <source>The host did not answer a request without the token.</source>
        <translation>发了一个不带 Token 的请求，服务器没有回复。</translation>
    </message>
    <message>
        <source>If DingTalk does not answer messages either, ask whoever runs the network.</source>
        <translation>如果钉钉对消息也没有回复，请联系网络管理员。</translation>
    </message>
    <message>
        <source>Not asked yet.</source>
        <translation>还没有询问。</translation>
    </message>
    <message>
        <source>It objects to the empty request and not to the token, so the token is very likely right. Whether it looked at the signature too is not documented.</source>
        <translation>对方只说请求是空的，没有说 Token 有问题，所以 Token 很可能是对的。签名有没有一起检查，文档没有说明。</translation>
    </message>
    <message>
        <source>This says nothing certain about token or signature.</source>
        <translation>从这里看不出 Token 或签名对不对。</translation>
    </message>
    <message>
        <source>A test message will tell.</source>
        <translation>发一条测试消息就知道了。</translation>
    </message>
    <message>
        <source>It answered as if to a message, although the request contained none. Token and signature are right.</source>
        <translation>请求里没有消息，对方却像收到消息一样回复。Token 和签名都正确。</translation>
    </message>
    <message>
        <source>Check in the group that nothing was posted.</source>
        <translation>请到群里确认没有出现消息。</translation>
    </message>
    <message>
        <source>It could not be read from the password store.</source>
        <translation>无法从系统密码库读取。</translation>
    </message>
    <message>
        <source>Faults: {faults} · Warnings: {warnings}.</source>
        <translation>故障 {faults} 项 · 警告 {warnings} 项。</translation>
    </message>
    <message>
        <source>Faults: {faults}.</source>
        <translation>故障 {faults} 项。</translation>
    </message>
    <message>
        <source>No fault found. Warnings: {warnings}.</source>
        <translation>未发现故障，警告 {warnings} 项。</translation>
    </message>
    <message>
        <source>A request that posts nothing, sent with the token. The answer tells a wrong token from a right one. At DingTalk it uses one of the {calls} calls a month and one of the {pace} messages a minute.</source>
        <translation>带着 Token 发一个不产生消息的请求，从回复看 Token 对不对。钉钉会把它算作每月 {calls} 次调用中的一次，也占每分钟 {pace} 条消息中的一条。</translation>
    </message>
</context>
<context>
    <name>CheckupDialog</name>
    <message>
        <source>Check-up: {name}</source>
        <translation>体检：{name}</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>复制为文字</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Steps of the check-up</source>
        <translation>体检的各个步骤</translation>
    </message>
    <message>
        <source>The message you are writing</source>
        <translation>正在写的消息</translation>
    </message>
    <message>
        <source>Only when the faults above are gone.</source>
        <translation>请先排除上面的故障。</translation>
    </message>
    <message>
        <source>Copied, without token, secret or password.</source>
        <translation>已复制，不含 Token、密钥和密码。</translation>
    </message>
</context>
<context>
    <name>CheckupRow</name>
    <message>
        <source>What does this mean?</source>
        <translation>这是什么意思？</translation>
    </message>
    <message>
        <source>→ {helps}</source>
        <translation>→ {helps}</translation>
    </message>
    <message>
        <source>{step}: what does this mean?</source>
        <translation>{step}：这是什么意思？</translation>
    </message>
</context>
<context>
    <name>Chip</name>
    <message>
        <source>@{person} (user ID)</source>
        <translation>@{person}（userId）</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>In the text: will be notified.</source>
        <translation>正文里已有，对方会收到提醒。</translation>
    </message>
    <message>
        <source>Not in the text yet: may not be notified.</source>
        <translation>正文里还没有，对方可能收不到提醒。</translation>
    </message>
    <message>
        <source>Remove {person}</source>
        <translation>移除 {person}</translation>
    </message>
    <message>
        <source>Put it into the text</source>
        <translation>插入正文</translation>
    </message>
    <message>
        <source>It is a user ID</source>
        <translation>这是 userId</translation>
    </message>
    <message>
        <source>It is a mobile number</source>
        <translation>这是手机号</translation>
    </message>
</context>
<context>
    <name>Circumstances</name>
    <message>
        <source>Robot</source>
        <translation>机器人</translation>
    </message>
    <message>
        <source>It is not in the list of robots any more.</source>
        <translation>它已经不在机器人列表里了。</translation>
    </message>
    <message>
        <source>How it was set up then was not recorded by that version.</source>
        <translation>那个版本没有记录它当时的设置。</translation>
    </message>
    <message>
        <source>Waiting for its turn</source>
        <translation>排队等候</translation>
    </message>
    <message>
        <source>Looking up the name</source>
        <translation>查询域名</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>建立连接</translation>
    </message>
    <message>
        <source>TLS handshake</source>
        <translation>TLS 握手</translation>
    </message>
    <message>
        <source>Waiting for the answer</source>
        <translation>等待回复</translation>
    </message>
    <message>
        <source>{attempt}: {phase}</source>
        <translation>第 {attempt} 次：{phase}</translation>
    </message>
    <message>
        <source>How long each part took was not measured.</source>
        <translation>没有测量各阶段的用时。</translation>
    </message>
    <message>
        <source>Where no connecting is listed, the connection of an earlier message was still open.</source>
        <translation>没有列出“建立连接”的，是沿用了前一条消息的连接。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>everyone</source>
        <translation>所有人</translation>
    </message>
    <message>
        <source>as the system says</source>
        <translation>按系统设置</translation>
    </message>
    <message>
        <source>no proxy</source>
        <translation>不用代理</translation>
    </message>
    <message>
        <source>expected</source>
        <translation>要加签</translation>
    </message>
    <message>
        <source>not expected</source>
        <translation>不要加签</translation>
    </message>
    <message>
        <source>{connect} s to connect, {read} s for the answer</source>
        <translation>连接 {connect} 秒，等回复 {read} 秒</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>关键词</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>Allowed addresses</source>
        <translation>IP 地址（段）</translation>
    </message>
    <message>
        <source>Mentioned by default</source>
        <translation>默认 @ 成员</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>Time-outs</source>
        <translation>等待时间</translation>
    </message>
    <message>
        <source>{name}: {value}</source>
        <translation>{name}：{value}</translation>
    </message>
    <message>
        <source>{line}   (now: {now})</source>
        <translation>{line}   （现在：{now}）</translation>
    </message>
</context>
<context>
    <name>CloseGuard</name>
    <message>
        <source>Close DingComposer?</source>
        <translation>要关闭 DingComposer 吗？</translation>
    </message>
    <message>
        <source>Closing as soon as the answer arrives</source>
        <translation>收到回复后自动关闭</translation>
    </message>
    <message>
        <source>What you have written could not be saved.</source>
        <translation>你写的内容没能保存。</translation>
    </message>
    <message>
        <source>Copy the text and stay</source>
        <translation>复制正文，先不关闭</translation>
    </message>
    <message>
        <source>Close and lose it</source>
        <translation>关闭并丢弃</translation>
    </message>
    <message>
        <source>The window keeps trying to save it. Make room on the disk, or copy the text.</source>
        <translation>程序会继续设法保存。请清理磁盘空间，或复制正文。</translation>
    </message>
    <message>
        <source>Messages are waiting, and sending is paused.</source>
        <translation>还有消息在排队，发送已暂停。</translation>
    </message>
    <message>
        <source>If you close now, waiting messages are cancelled.</source>
        <translation>现在关闭，排队中的消息会取消。</translation>
    </message>
    <message>
        <source>Wait for the answer</source>
        <translation>等收到回复</translation>
    </message>
    <message>
        <source>Close now</source>
        <translation>立即关闭</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>不关闭</translation>
    </message>
    <message>
        <source>Messages are still waiting or on their way.</source>
        <translation>还有消息在排队或发送中。</translation>
    </message>
    <message>
        <source>If you close now, waiting messages are cancelled, and you will not know whether the group got what was already on its way.</source>
        <translation>现在关闭，排队中的消息会取消；已经发出去的，就无法知道群里有没有收到。</translation>
    </message>
</context>
<context>
    <name>ClosedDraftsDialog</name>
    <message>
        <source>Closed drafts</source>
        <translation>已关闭的草稿</translation>
    </message>
    <message>
        <source>Open it again</source>
        <translation>重新打开</translation>
    </message>
    <message>
        <source>No draft was closed within the last 30 days.</source>
        <translation>最近 30 天没有关闭过草稿。</translation>
    </message>
    <message>
        <source>The draft is open again.</source>
        <translation>草稿已重新打开。</translation>
    </message>
    <message>
        <source>closed {when}</source>
        <translation>{when}关闭</translation>
    </message>
</context>
<context>
    <name>ColourPicker</name>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>青色</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>Amber</source>
        <translation>琥珀色</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>橙色</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红色</translation>
    </message>
    <message>
        <source>Magenta</source>
        <translation>品红</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>紫色</translation>
    </message>
    <message>
        <source>Custom colour</source>
        <translation>自定义颜色</translation>
    </message>
    <message>
        <source>Choose a colour</source>
        <translation>选择颜色</translation>
    </message>
    <message>
        <source>Other…</source>
        <translation>其他…</translation>
    </message>
</context>
<context>
    <name>Comparison</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>还有 %n 处</numerusform>
        </translation>
    </message>
    <message>
        <source>Before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
</context>
<context>
    <name>ComposePage</name>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Choose a group first</source>
        <translation>请先选择群</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>正在发送…</translation>
    </message>
</context>
<context>
    <name>ConfirmDialog</name>
    <message>
        <source>Title in the conversation list: {title}</source>
        <translation>会话列表里的标题：{title}</translation>
    </message>
    <message>
        <source>It corrects what was sent; that stays in the group.</source>
        <translation>这是对已发送消息的更正，原消息会留在群里。</translation>
    </message>
    <message>
        <source>To {group} ({stage})</source>
        <translation>发送到“{group}”（{stage}）</translation>
    </message>
    <message>
        <source>Everyone in the group will be pinged.</source>
        <translation>会提醒群里所有人。</translation>
    </message>
    <message>
        <source>Nobody will be pinged.</source>
        <translation>不会提醒任何人。</translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) will be pinged: {names}</source>
        <translation>
            <numerusform>会提醒 %n 人：{names}</numerusform>
        </translation>
    </message>
    <message>
        <source>Not rehearsed.</source>
        <translation>没有试发过。</translation>
    </message>
    <message>
        <source>Rehearsed at {time} in {group}, unchanged since.</source>
        <translation>{time} 已在“{group}”试发，之后没有改动。</translation>
    </message>
    <message>
        <source>Rehearsed at {time} in {group}, changed since.</source>
        <translation>{time} 已在“{group}”试发，之后有改动。</translation>
    </message>
    <message>
        <source>Hide the differences</source>
        <translation>收起改动</translation>
    </message>
    <message>
        <source>Show the differences</source>
        <translation>查看改动</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>改动</translation>
    </message>
    <message>
        <source>The message as the group will see it</source>
        <translation>消息在群里的样子</translation>
    </message>
    <message numerus="yes">
        <source>To %n group(s)</source>
        <translation>
            <numerusform>发送到 %n 个群</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Production (%n)</source>
        <translation>
            <numerusform>正式（%n）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Test (%n)</source>
        <translation>
            <numerusform>测试（%n）</numerusform>
        </translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Send to {group}</source>
        <translation>发送到“{group}”</translation>
    </message>
    <message numerus="yes">
        <source>Send to %n group(s)</source>
        <translation>
            <numerusform>发送到 %n 个群</numerusform>
        </translation>
    </message>
    <message>
        <source>Shown as {group} gets it; every group gets its own name.</source>
        <translation>这里是 {group} 收到的样子，每个群看到的是自己的群名。</translation>
    </message>
    <message numerus="yes">
        <source>To the list {name}: %n group(s)</source>
        <translation>
            <numerusform>发送到列表“{name}”：%n 个群</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConnectionSection</name>
    <message>
        <source>Webhook, without its token</source>
        <translation>Webhook（不含 Token）</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>The robot checks a signature (加签)</source>
        <translation>机器人开启了加签</translation>
    </message>
    <message>
        <source>Signing secret</source>
        <translation>加签密钥</translation>
    </message>
    <message>
        <source>Webhook</source>
        <translation>Webhook</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>加签</translation>
    </message>
    <message>
        <source>Paste the secret that begins with SEC; without it DingTalk refuses every message.</source>
        <translation>请粘贴以 SEC 开头的密钥；没有它，钉钉会拒绝所有消息。</translation>
    </message>
    <message>
        <source>A secret is stored, so messages are still signed.</source>
        <translation>已保存密钥，消息仍会加签。</translation>
    </message>
    <message>
        <source>Webhook address</source>
        <translation>Webhook 地址</translation>
    </message>
    <message>
        <source>{host}. {why}</source>
        <translation>{host}。{why}</translation>
    </message>
    <message>
        <source>{host}, a new one: it takes the place of the one before when saved.</source>
        <translation>{host}，新的。保存后替换原来的 Webhook。</translation>
    </message>
    <message>
        <source>{host}, found.</source>
        <translation>{host}，已识别。</translation>
    </message>
    <message>
        <source>{host}, stored.</source>
        <translation>{host}，已保存。</translation>
    </message>
    <message>
        <source>It is left unchanged. {why}</source>
        <translation>保持不变。{why}</translation>
    </message>
    <message>
        <source>Paste it at the top.</source>
        <translation>请粘贴到最上面。</translation>
    </message>
</context>
<context>
    <name>ContactRows</name>
    <message>
        <source>No name found.</source>
        <translation>没有找到姓名。</translation>
    </message>
    <message>
        <source>No mobile number and no user ID found.</source>
        <translation>没有找到手机号，也没有 userId。</translation>
    </message>
    <message>
        <source>The sheet rounded the number; its last digits are lost. Copy it again as text.</source>
        <translation>表格把号码四舍五入了，末几位已丢失：请按文本格式重新复制。</translation>
    </message>
    <message>
        <source>This is a landline number; DingTalk notifies mobile numbers only.</source>
        <translation>这是座机号码，钉钉只能按手机号提醒。</translation>
    </message>
    <message>
        <source>The number has too many or too few digits for a mobile number.</source>
        <translation>号码的位数不对，不是手机号。</translation>
    </message>
    <message>
        <source>Several names and one number: whose is it?</source>
        <translation>几个名字只有一个号码：是谁的？</translation>
    </message>
    <message>
        <source>The list is too long: from here on nothing was read. Paste the rest again.</source>
        <translation>名单太长，从这里开始没有读取：请把剩下的再粘贴一次。</translation>
    </message>
    <message>
        <source>Is this the name?</source>
        <translation>这是姓名吗？</translation>
    </message>
    <message>
        <source>The name looks like a department or a job.</source>
        <translation>姓名看起来像部门或职务。</translation>
    </message>
    <message>
        <source>Several numbers: the first one is taken.</source>
        <translation>有多个号码，取了第一个。</translation>
    </message>
    <message>
        <source>Digits of the number are hidden: nobody can be notified by it.</source>
        <translation>号码有几位被遮住，用它提醒不到人。</translation>
    </message>
    <message>
        <source>Is this a user ID?</source>
        <translation>这是 userId 吗？</translation>
    </message>
    <message>
        <source>The user ID ends in zeros: a sheet may have rounded it.</source>
        <translation>userId 末尾都是 0，可能被表格四舍五入了。</translation>
    </message>
    <message>
        <source>The number does not go with its country&apos;s code.</source>
        <translation>号码和国家（地区）区号对不上。</translation>
    </message>
    <message>
        <source>The number stood in another column than the others.</source>
        <translation>号码不在手机号那一列。</translation>
    </message>
    <message>
        <source>The name stood in the line before: do they belong together?</source>
        <translation>姓名在上一行：两行是同一个人吗？</translation>
    </message>
    <message>
        <source>Somebody else has this number, too.</source>
        <translation>这个号码还有别人在用。</translation>
    </message>
    <message>
        <source>Somebody of this name is here with another number.</source>
        <translation>已有同名的人，号码不同。</translation>
    </message>
    <message>
        <source>The name is missing.</source>
        <translation>缺少姓名。</translation>
    </message>
    <message>
        <source>The name is too long.</source>
        <translation>姓名太长。</translation>
    </message>
    <message>
        <source>A mobile number or a user ID is missing.</source>
        <translation>缺少手机号或 userId。</translation>
    </message>
    <message>
        <source>{words} is no mobile number.</source>
        <translation>{words} 不是手机号。</translation>
    </message>
    <message>
        <source>{words} is no user ID.</source>
        <translation>{words} 不是 userId。</translation>
    </message>
    <message>
        <source>{person} is already {name}&apos;s.</source>
        <translation>{person} 已经属于{name}。</translation>
    </message>
    <message>
        <source>Pasted: {line}</source>
        <translation>粘贴的原文：{line}</translation>
    </message>
    <message>
        <source>{file} cannot be read. Is it still there, and may you read it?</source>
        <translation>无法读取 {file}。文件还在吗？有权限读取吗？</translation>
    </message>
    <message>
        <source>{file} is too large. Save the rows with people as a file of their own.</source>
        <translation>{file} 太大。请把有人员的行另存为单独的文件。</translation>
    </message>
    <message>
        <source>{file} is no sheet that can be read: XLSX, XLS, ODS, CSV and vCard can.</source>
        <translation>{file} 不是能读取的表格，支持 XLSX、XLS、ODS、CSV 和 vCard。</translation>
    </message>
    <message>
        <source>{file} opens with a password only. Save it without, then try again.</source>
        <translation>{file} 需要密码才能打开。请另存为不带密码的文件再试。</translation>
    </message>
    <message>
        <source>Another name stands beside it: whose number is this?</source>
        <translation>旁边还有别的姓名：这个号码是谁的？</translation>
    </message>
    <message>
        <source>Is this the person&apos;s own mobile number?</source>
        <translation>这是本人的手机号吗？</translation>
    </message>
    <message>
        <source>The last digits may have been rounded away: is the number right?</source>
        <translation>末几位可能被四舍五入了：号码对吗？</translation>
    </message>
</context>
<context>
    <name>ContactsDialog</name>
    <message>
        <source>Contacts</source>
        <translation>联系人</translation>
    </message>
    <message>
        <source>Search the contacts</source>
        <translation>搜索联系人</translation>
    </message>
    <message>
        <source>Only what is to be looked at</source>
        <translation>只看需要核对的</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Paste a list</source>
        <translation>粘贴名单</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>These are right</source>
        <translation>核对无误</translation>
    </message>
    <message>
        <source>Takes the mark off the selected rows; off all of them where none is selected.</source>
        <translation>去掉所选行的“需要核对”标记；没有选中任何行时，去掉全部。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Type a name after @ in a message, and the number is put in its place.</source>
        <translation>写消息时在 @ 后输入姓名，选中后会换成对应的号码。</translation>
    </message>
    <message numerus="yes">
        <source>%n person(s)</source>
        <translation>
            <numerusform>%n 人</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n shown</source>
        <translation>
            <numerusform>显示 %n 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to be looked at</source>
        <translation>
            <numerusform>%n 行需要核对</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cannot be saved yet</source>
        <translation>
            <numerusform>%n 行还不能保存</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Save the other %n</source>
        <translation>
            <numerusform>保存其余 %n 人</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody found: each line needs a name and a mobile number or a user ID.</source>
        <translation>没有识别到联系人：每行需要姓名和手机号（或 userId）。</translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) added.</source>
        <translation>
            <numerusform>已添加 %n 人。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more line(s) to be looked at: why stands at their end.</source>
        <translation>
            <numerusform>另有 %n 行需要核对，原因写在行尾。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) to be looked at: why stands at their end.</source>
        <translation>
            <numerusform>有 %n 行需要核对，原因写在行尾。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n completed.</source>
        <translation>
            <numerusform>补全了 %n 人的信息。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n already here.</source>
        <translation>
            <numerusform>%n 人已在列表中。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is saved yet.</source>
        <translation>还没有保存。</translation>
    </message>
    <message numerus="yes">
        <source>%n saved.</source>
        <translation>
            <numerusform>已保存 %n 人。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n still here:</source>
        <translation>
            <numerusform>还有 %n 行没有保存：</numerusform>
        </translation>
    </message>
    <message>
        <source>“{name}”: {sentence}</source>
        <translation>“{name}”：{sentence}</translation>
    </message>
    <message numerus="yes">
        <source>and %n more line(s).</source>
        <translation>
            <numerusform>以及另外 %n 行。</numerusform>
        </translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Go on editing</source>
        <translation>继续编辑</translation>
    </message>
    <message>
        <source>The contacts were changed. Discard the changes?</source>
        <translation>联系人有改动，要放弃这些改动吗？</translation>
    </message>
    <message>
        <source>Search name, pinyin, number, department or team</source>
        <translation>搜索姓名、拼音、号码、部门或团队</translation>
    </message>
    <message>
        <source>Nobody here yet. Import the sheet that DingTalk or your personnel system exports, paste rows with names and mobile numbers, or add people one by one.</source>
        <translation>还没有人。可以导入从钉钉或人事系统导出的表格，粘贴带姓名和手机号的行，或逐个添加。</translation>
    </message>
    <message>
        <source>Import a file…</source>
        <translation>导入文件…</translation>
    </message>
    <message>
        <source>XLSX, XLS, ODS, CSV or vCard; a file can be dropped here, too.</source>
        <translation>XLSX、XLS、ODS、CSV 或 vCard；也可以把文件拖到这里。</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>团队</translation>
    </message>
    <message>
        <source>Put the selected people into a team: its name behind @ mentions all of them.</source>
        <translation>把选中的人加入团队：在 @ 后输入团队名，就能一次提醒所有人。</translation>
    </message>
    <message>
        <source>Import people from a file</source>
        <translation>从文件导入联系人</translation>
    </message>
    <message>
        <source>From {file}, sheets {sheets}:</source>
        <translation>来自 {file}（工作表：{sheets}）：</translation>
    </message>
    <message>
        <source>From {file}:</source>
        <translation>来自 {file}：</translation>
    </message>
    <message>
        <source>New team…</source>
        <translation>新建团队…</translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) put into {team}.</source>
        <translation>
            <numerusform>已把 %n 人加入“{team}”。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) taken out of {team}.</source>
        <translation>
            <numerusform>已把 %n 人移出“{team}”。</numerusform>
        </translation>
    </message>
    <message>
        <source>Name of the team, such as “on call”</source>
        <translation>团队名称，例如“值班”</translation>
    </message>
    <message>
        <source>New team</source>
        <translation>新建团队</translation>
    </message>
    <message>
        <source>Reading {file}…</source>
        <translation>正在读取 {file}…</translation>
    </message>
    <message>
        <source>Sheets and visiting cards</source>
        <translation>表格和名片</translation>
    </message>
</context>
<context>
    <name>ContactsModel</name>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Mobile</source>
        <translation>手机号</translation>
    </message>
    <message>
        <source>User ID</source>
        <translation>userId</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>部门</translation>
    </message>
    <message>
        <source>To look at</source>
        <translation>需要核对</translation>
    </message>
    <message>
        <source>Teams</source>
        <translation>团队</translation>
    </message>
</context>
<context>
    <name>Content</name>
    <message>
        <source>DingTalk&apos;s JSON</source>
        <translation>钉钉的 JSON</translation>
    </message>
    <message>
        <source>Another company&apos;s message, as DingTalk&apos;s: look at the preview afterwards</source>
        <translation>其他公司的消息，已改成钉钉的写法，打开后请看预览</translation>
    </message>
    <message>
        <source>Read out of a program</source>
        <translation>从程序代码中读出</translation>
    </message>
    <message>
        <source>A template of Alertmanager&apos;s or Grafana&apos;s: values became fields, conditions and loops are gone</source>
        <translation>Alertmanager 或 Grafana 的模板：取值改成了待填字段，条件和循环已去掉</translation>
    </message>
    <message>
        <source>Words in markdown</source>
        <translation>Markdown 文字</translation>
    </message>
    <message>
        <source>Plain words</source>
        <translation>普通文字</translation>
    </message>
    <message>
        <source>Rows of a sheet</source>
        <translation>表格里的行</translation>
    </message>
    <message>
        <source>This file cannot be read.</source>
        <translation>这个文件读不了。</translation>
    </message>
    <message>
        <source>This file is far larger than any message.</source>
        <translation>这个文件太大，远超一条消息。</translation>
    </message>
    <message>
        <source>This sheet opens with a password only. Save it without one.</source>
        <translation>这个表格要密码才能打开，请另存为不带密码的文件。</translation>
    </message>
    <message>
        <source>A group robot cannot send a picture itself, only show one that has a public address: put it where everyone can reach it, and insert its address.</source>
        <translation>群机器人不能直接发送图片，只能显示有公网地址的图片：请先上传到大家都能访问的地方，再插入它的地址。</translation>
    </message>
    <message>
        <source>This file holds neither words nor a sheet. Open it in its own program and copy what is to be sent.</source>
        <translation>这个文件里没有文字，也没有表格。请用原来的程序打开，再复制要发送的内容。</translation>
    </message>
    <message>
        <source>This file is empty.</source>
        <translation>这个文件是空的。</translation>
    </message>
    <message>
        <source>Nothing was understood of this.</source>
        <translation>没有看懂这段内容。</translation>
    </message>
    <message>
        <source>Keys that DingTalk does not know are kept aside: {names}.</source>
        <translation>钉钉不认识的字段先保留在一旁：{names}。</translation>
    </message>
    <message>
        <source>Still to fill in: {names}.</source>
        <translation>还需填写：{names}。</translation>
    </message>
    <message>
        <source>access token</source>
        <translation>Access Token</translation>
    </message>
    <message>
        <source>signing secret</source>
        <translation>加签密钥</translation>
    </message>
    <message>
        <source>Robot: {things}</source>
        <translation>机器人：{things}</translation>
    </message>
    <message>
        <source>{names}.</source>
        <translation>{names}。</translation>
    </message>
    <message>
        <source>A message of this kind cannot be turned into DingTalk&apos;s.</source>
        <translation>这类消息没有对应的钉钉消息，没法转换，请重新写一条。</translation>
    </message>
    <message>
        <source>One of the messages cannot be used: {reason}</source>
        <translation>其中一条消息没法用：{reason}</translation>
    </message>
    <message>
        <source>{name} cannot be read.</source>
        <translation>{name} 读不出来。</translation>
    </message>
    <message>
        <source>{name} is no message that was saved as a file.</source>
        <translation>{name} 不是保存成文件的消息。</translation>
    </message>
    <message>
        <source>{name} was saved by a newer version of DingComposer. Update it to open the file.</source>
        <translation>{name} 是用更新版本的 DingComposer 保存的，请先升级再打开。</translation>
    </message>
    <message>
        <source>Robot in line {line}: {things}</source>
        <translation>第 {line} 行的机器人：{things}</translation>
    </message>
</context>
<context>
    <name>CorrectionLinks</name>
    <message>
        <source>Corrects: {send}</source>
        <translation>更正了：{send}</translation>
    </message>
    <message>
        <source>Corrected by: {send}</source>
        <translation>已被更正：{send}</translation>
    </message>
</context>
<context>
    <name>DateField</name>
    <message>
        <source>A date, such as 2027-01-01</source>
        <translation>日期，如 2027-01-01</translation>
    </message>
    <message>
        <source>Open the calendar</source>
        <translation>打开日历</translation>
    </message>
    <message>
        <source>This is no date. Write it as 2027-01-01.</source>
        <translation>这不是日期，请写成 2027-01-01</translation>
    </message>
</context>
<context>
    <name>DayPicker</name>
    <message>
        <source>Go to a day</source>
        <translation>跳到某一天</translation>
    </message>
</context>
<context>
    <name>DaysDialog</name>
    <message>
        <source>Holidays and worked weekends</source>
        <translation>节假日和调休</translation>
    </message>
    <message>
        <source>The program knows China&apos;s holidays from {first} to {last}. What you enter here counts before that; for a later year enter its dates, then tick that they are all there.</source>
        <translation>程序知道 {first} 到 {last} 年的法定节假日。这里填的优先；以后的年份请先填好日期，再勾选“已填全”。</translation>
    </message>
    <message>
        <source>Days that you entered</source>
        <translation>你填的日期</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>What the day is</source>
        <translation>这一天是</translation>
    </message>
    <message>
        <source>Day off</source>
        <translation>放假</translation>
    </message>
    <message>
        <source>Working day</source>
        <translation>上班</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>All dates of {year} are entered</source>
        <translation>{year} 年的日期已填全</translation>
    </message>
    <message>
        <source>Up to and with</source>
        <translation>最后一天</translation>
    </message>
    <message numerus="yes">
        <source>At most %n day(s) at a time.</source>
        <translation>
            <numerusform>一次最多 %n 天。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Diagnosis</name>
    <message>
        <source>The body is empty.</source>
        <translation>请求体是空的。</translation>
    </message>
    <message>
        <source>The body has {bytes} bytes; at most {limit} are accepted.</source>
        <translation>请求体有 {bytes} 字节，最多接受 {limit} 字节。</translation>
    </message>
    <message>
        <source>It would fit without \u escapes: the same JSON in plain UTF-8 has {bytes} bytes.</source>
        <translation>不用 \u 转义就放得下：同样的 JSON 直接写成 UTF-8 只有 {bytes} 字节。</translation>
    </message>
    <message>
        <source>The body is compressed; send it as it is.</source>
        <translation>请求体被压缩了，请原样发送。</translation>
    </message>
    <message>
        <source>The body begins with a byte order mark; write UTF-8 without it.</source>
        <translation>请求体以 BOM 开头，请用不带 BOM 的 UTF-8。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: the byte {word} is not UTF-8.</source>
        <translation>第 {line} 行第 {column} 列：字节 {word} 不是 UTF-8。</translation>
    </message>
    <message>
        <source>The body is in GBK (from line {line}, column {column}); it must be UTF-8.</source>
        <translation>请求体是 GBK 编码（从第 {line} 行第 {column} 列起），必须是 UTF-8。</translation>
    </message>
    <message>
        <source>The body is in UTF-16; it must be UTF-8.</source>
        <translation>请求体是 UTF-16 编码，必须是 UTF-8。</translation>
    </message>
    <message>
        <source>The body is a form ({word}=…); it must be JSON alone.</source>
        <translation>请求体是表单（{word}=…），必须只是 JSON。</translation>
    </message>
    <message>
        <source>The body&apos;s JSON is percent-encoded; send it as it is.</source>
        <translation>请求体里的 JSON 被百分号编码了，请原样发送。</translation>
    </message>
    <message>
        <source>The body is a file&apos;s name behind “@”: the file was not read (curl does so with -d).</source>
        <translation>请求体是“@”加文件名：文件没有被读取（curl 用 -d 时才会读取）。</translation>
    </message>
    <message>
        <source>The body is XML, HTML or multipart, not JSON.</source>
        <translation>请求体是 XML、HTML 或 multipart，不是 JSON。</translation>
    </message>
    <message>
        <source>The whole body stands in single quotes: they were not taken off (Windows&apos; cmd does not know them).</source>
        <translation>整个请求体被单引号包着：单引号没有被去掉（Windows 的 cmd 不认单引号）。</translation>
    </message>
    <message>
        <source>The body is a string that holds JSON: it was encoded as JSON twice.</source>
        <translation>请求体是一个装着 JSON 的字符串：JSON 编码做了两次。</translation>
    </message>
    <message>
        <source>The body is valid JSON, but of type {found}; it must be an object.</source>
        <translation>请求体是合法的 JSON，但类型是 {found}，必须是 object。</translation>
    </message>
    <message>
        <source>The body&apos;s JSON is nested too deep.</source>
        <translation>请求体的 JSON 嵌套太深。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: property names need double quotes.</source>
        <translation>第 {line} 行第 {column} 列：属性名要用双引号。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: single quotes; JSON needs double quotes.</source>
        <translation>第 {line} 行第 {column} 列：这里是单引号，JSON 要用双引号。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: typographic quotation marks; JSON needs the straight ones.</source>
        <translation>第 {line} 行第 {column} 列：这里是中文引号或弯引号，JSON 要用英文直引号。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: the double quotes arrived with backslashes before them; the shell did not take them off.</source>
        <translation>第 {line} 行第 {column} 列：双引号前还带着反斜杠，命令行没有把它去掉。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: a double quote inside a text must be written \&quot;.</source>
        <translation>第 {line} 行第 {column} 列：文字里的双引号要写成 \&quot;。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: there is a comma behind the last entry.</source>
        <translation>第 {line} 行第 {column} 列：最后一项后面多了一个逗号。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: a comma is missing before this.</source>
        <translation>第 {line} 行第 {column} 列：前面少了一个逗号。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: a colon is missing behind the property name.</source>
        <translation>第 {line} 行第 {column} 列：属性名后面少了冒号。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: a value is missing before this.</source>
        <translation>第 {line} 行第 {column} 列：前面少了值。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: JSON has no comments.</source>
        <translation>第 {line} 行第 {column} 列：JSON 里不能写注释。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: {word} is not JSON&apos;s; write {wanted}.</source>
        <translation>第 {line} 行第 {column} 列：JSON 里没有 {word}，请写 {wanted}。</translation>
    </message>
    <message>
        <source>JSON has no number {word}.</source>
        <translation>JSON 里没有 {word} 这个数。</translation>
    </message>
    <message>
        <source>A number in the body has thousands of digits.</source>
        <translation>请求体里有一个几千位的数字。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: a placeholder or shell variable that nothing has replaced.</source>
        <translation>第 {line} 行第 {column} 列：这里是没有被替换的占位符或变量。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: text needs double quotes.</source>
        <translation>第 {line} 行第 {column} 列：文字要用双引号。</translation>
    </message>
    <message>
        <source>The text that begins at line {line}, column {column} never ends.</source>
        <translation>从第 {line} 行第 {column} 列开始的文字没有结束的引号。</translation>
    </message>
    <message>
        <source>The JSON breaks off at line {line}, column {column}.</source>
        <translation>JSON 在第 {line} 行第 {column} 列中断了。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: {word} is no escape of JSON&apos;s; a backslash itself is written \\.</source>
        <translation>第 {line} 行第 {column} 列：JSON 没有 {word} 这种转义；反斜杠本身要写成 \\。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: something follows the end of the JSON.</source>
        <translation>第 {line} 行第 {column} 列：JSON 结束后还有别的内容。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: this is not JSON.</source>
        <translation>第 {line} 行第 {column} 列：这不是 JSON。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: a raw line end inside a text. Strict JSON wants \n; one person says that DingTalk takes it, so it is taken here.</source>
        <translation>第 {line} 行第 {column} 列：文字里直接换了行。严格的 JSON 要写 \n；有人说钉钉也接受，所以这里接受。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: the raw control character {word} inside a text. It is taken here; whether DingTalk takes it is not known.</source>
        <translation>第 {line} 行第 {column} 列：文字里有控制字符 {word}。这里接受；钉钉是否接受，不清楚。</translation>
    </message>
    <message>
        <source>The key “{found}” stands twice in one object. Here the last one counts; which one DingTalk takes is not known.</source>
        <translation>同一个对象里有两个“{found}”。这里以最后一个为准；钉钉以哪个为准，不清楚。</translation>
    </message>
    <message>
        <source>The key “msgtype” is missing.</source>
        <translation>缺少 msgtype。</translation>
    </message>
    <message>
        <source>msgtype is null.</source>
        <translation>msgtype 是 null。</translation>
    </message>
    <message>
        <source>msgtype “{found}” must be spelt “{wanted}”.</source>
        <translation>msgtype 写成了“{found}”，应为“{wanted}”。</translation>
    </message>
    <message>
        <source>The message type “{found}” exists elsewhere; group robots do not have it.</source>
        <translation>“{found}”是别处的消息类型，群机器人不支持。</translation>
    </message>
    <message>
        <source>There is no message type “{found}”; there are text, link, markdown, actionCard, feedCard.</source>
        <translation>没有“{found}”这种消息类型，只有 text、link、markdown、actionCard、feedCard。</translation>
    </message>
    <message>
        <source>msgtype stands inside “{where}”; it belongs beside it.</source>
        <translation>msgtype 写在了“{where}”里面，应写在它旁边。</translation>
    </message>
    <message>
        <source>msgtype is “{msgtype}”, but the content stands in “{found}”.</source>
        <translation>msgtype 是“{msgtype}”，内容却写在“{found}”里。</translation>
    </message>
    <message>
        <source>msgtype is “{msgtype}”, but there is no object “{msgtype}”.</source>
        <translation>msgtype 是“{msgtype}”，却没有“{msgtype}”这个对象。</translation>
    </message>
    <message>
        <source>“{msgtype}” is a text; it must be an object with “{wanted}”.</source>
        <translation>“{msgtype}”是文字，应为含有“{wanted}”的对象。</translation>
    </message>
    <message>
        <source>“{msgtype}” is a text that holds JSON: it was encoded as JSON twice.</source>
        <translation>“{msgtype}”是装着 JSON 的文字：JSON 编码做了两次。</translation>
    </message>
    <message>
        <source>The number of this answer ({path} is missing) is inferred; nobody has quoted it.</source>
        <translation>这种回复的编号（缺少 {path}）是推断的，没有人见过原文。</translation>
    </message>
    <message>
        <source>Key “{found}”: “{where}” wants “{wanted}”. Letter case counts.</source>
        <translation>键名“{found}”：“{where}”要的是“{wanted}”，区分大小写。</translation>
    </message>
    <message>
        <source>Key “{found}”: “{where}” calls it “{wanted}”.</source>
        <translation>键名“{found}”：在“{where}”里叫“{wanted}”。</translation>
    </message>
    <message>
        <source>“{found}” stands at the top level; it belongs inside “{where}”.</source>
        <translation>“{found}”写在了最外层，应写在“{where}”里面。</translation>
    </message>
    <message>
        <source>{path} is missing.</source>
        <translation>缺少 {path}。</translation>
    </message>
    <message>
        <source>{path} is empty, which counts as missing here.</source>
        <translation>{path} 是空的，这里视为缺少。</translation>
    </message>
    <message>
        <source>{path} is of type {found}, which counts as missing here.</source>
        <translation>{path} 的类型是 {found}，这里视为缺少。</translation>
    </message>
    <message>
        <source>{path} is missing or empty. It is documented as required; nobody has quoted a refusal: taken here; not known of DingTalk.</source>
        <translation>缺少 {path}，或者是空的。文档说必填，但没有人见过因此被拒绝：这里接受，钉钉是否接受不清楚。</translation>
    </message>
    <message>
        <source>The card has no button. Public programs send such cards, and nobody has quoted a refusal: taken here; not known of DingTalk.</source>
        <translation>卡片没有按钮。有公开的程序这样发，也没有人见过因此被拒绝：这里接受，钉钉是否接受不清楚。</translation>
    </message>
    <message>
        <source>singleTitle and singleURL make btns ineffective.</source>
        <translation>有了 singleTitle 和 singleURL，btns 就不起作用。</translation>
    </message>
    <message>
        <source>{path} is documented as the text &quot;0&quot; or &quot;1&quot;; other spellings are said to get through.</source>
        <translation>文档要求 {path} 是文字 &quot;0&quot; 或 &quot;1&quot;；据说别的写法也能通过。</translation>
    </message>
    <message>
        <source>The message stands inside “{found}”; it must be the body itself.</source>
        <translation>消息包在了“{found}”里面，它本身就应是请求体。</translation>
    </message>
    <message>
        <source>This is a message for Feishu (msg_type).</source>
        <translation>这是飞书的消息（msg_type）。</translation>
    </message>
    <message>
        <source>This is a message for WeCom.</source>
        <translation>这是企业微信的消息。</translation>
    </message>
    <message>
        <source>This is a message for Slack or its like.</source>
        <translation>这是 Slack 一类工具的消息。</translation>
    </message>
    <message>
        <source>{path} shows backslashes to its readers (such as \n): it was escaped twice.</source>
        <translation>{path} 会让人看到反斜杠（如 \n）：转义做了两次。</translation>
    </message>
    <message>
        <source>{path} is garbled: UTF-8 was read in another encoding before it was sent.</source>
        <translation>{path} 是乱码：发送前 UTF-8 被按别的编码读取了。</translation>
    </message>
    <message>
        <source>{path} holds only question marks where letters may have been: were they lost in another encoding?</source>
        <translation>{path} 里该有文字的地方都是问号：是不是在转换编码时丢了？</translation>
    </message>
    <message>
        <source>{path} holds the sign for lost letters (U+FFFD).</source>
        <translation>{path} 里有表示文字丢失的符号（U+FFFD）。</translation>
    </message>
    <message>
        <source>The same msgUuid as before, with another body: the group keeps the first.</source>
        <translation>msgUuid 与之前相同，请求体却不同：群里保留第一条。</translation>
    </message>
    <message>
        <source>“at” stands inside “{where}”; it belongs beside it, or nobody is notified.</source>
        <translation>“at”写在了“{where}”里面，应写在它旁边，否则谁也不会收到提醒。</translation>
    </message>
    <message>
        <source>“{found}” stands at the top level; it belongs inside “at”.</source>
        <translation>“{found}”写在了最外层，应写在“at”里面。</translation>
    </message>
    <message>
        <source>Messages of type {msgtype} mention nobody; “at” has no effect.</source>
        <translation>{msgtype} 消息不能 @ 人，“at”不起作用。</translation>
    </message>
    <message>
        <source>“at” is of type {found}; it is documented as an object.</source>
        <translation>“at”的类型是 {found}，文档要求是 object。</translation>
    </message>
    <message>
        <source>“{found}” is documented as a list.</source>
        <translation>文档要求“{found}”是列表。</translation>
    </message>
    <message>
        <source>The people in “at” are documented as texts, with double quotes.</source>
        <translation>文档要求“at”里的人是带双引号的文字。</translation>
    </message>
    <message>
        <source>The people in “at” are documented without “@”.</source>
        <translation>文档里“at”中的人不带“@”。</translation>
    </message>
    <message>
        <source>Several people stand in one text of “at”; each is an entry of its own.</source>
        <translation>“at”的一项里写了好几个人，应一人一项。</translation>
    </message>
    <message>
        <source>isAtAll is documented as true or false, without quotes.</source>
        <translation>文档要求 isAtAll 是不带引号的 true 或 false。</translation>
    </message>
    <message>
        <source>atDingtalkIds is not documented; one person says that it works.</source>
        <translation>文档里没有 atDingtalkIds；有人说它有效。</translation>
    </message>
    <message>
        <source>Not in the text behind “@”, so they may not be notified: {found} ({count} in all).</source>
        <translation>正文里没有 @ 这些人，可能提醒不到：{found}（共 {count} 个）。</translation>
    </message>
    <message>
        <source>{count} people in “at”; {limit} are documented. What becomes of more is not known.</source>
        <translation>“at”里有 {count} 个人，文档说最多 {limit} 个；超出会怎样，不清楚。</translation>
    </message>
    <message>
        <source>The text says @all or @所有人, but isAtAll is not true: nobody is notified.</source>
        <translation>正文写了 @all 或 @所有人，但 isAtAll 不是 true：谁也不会收到提醒。</translation>
    </message>
    <message>
        <source>None of the keywords stands in a title or text: {wanted}.</source>
        <translation>标题和正文里没有这个群要求的关键词：{wanted}。</translation>
    </message>
    <message>
        <source>The keyword “{wanted}” stands there only in another letter case, which does not count.</source>
        <translation>关键词“{wanted}”的大小写不一样，这里不算。</translation>
    </message>
    <message>
        <source>The keyword “{wanted}” stands there with white space in it or in another width only.</source>
        <translation>关键词“{wanted}”中间夹了空白，或全角半角不同，这里不算。</translation>
    </message>
    <message>
        <source>The keyword “{wanted}” stands outside of title and text only, which does not count here.</source>
        <translation>关键词“{wanted}”只出现在标题和正文之外，这里不算。</translation>
    </message>
    <message>
        <source>The keyword “{wanted}” stands there as \u escapes that were escaped twice.</source>
        <translation>关键词“{wanted}”变成了 \u 转义：转义做了两次。</translation>
    </message>
    <message>
        <source>The path must be {wanted}.</source>
        <translation>路径应为 {wanted}。</translation>
    </message>
    <message>
        <source>There is a slash too many in the path: it must be /robot/send.</source>
        <translation>路径里多了一个斜杠，应为 /robot/send。</translation>
    </message>
    <message>
        <source>The path stands twice: /robot/send was added to a webhook that holds it.</source>
        <translation>路径写了两遍：Webhook 里已有 /robot/send，又加了一次。</translation>
    </message>
    <message>
        <source>The query must begin with “?”; here “&amp;” follows the path.</source>
        <translation>参数要以“?”开头，这里路径后面却是“&amp;”。</translation>
    </message>
    <message>
        <source>The request is {method}; it must be POST.</source>
        <translation>请求方法是 {method}，必须是 POST。</translation>
    </message>
    <message>
        <source>The request is GET although it has a body; it must be POST.</source>
        <translation>请求带着请求体，方法却是 GET，必须是 POST。</translation>
    </message>
    <message>
        <source>A web page asked whether it may call (CORS). Robots are for programs, not for pages.</source>
        <translation>这是网页在询问能否调用（CORS）。机器人供程序调用，不供网页调用。</translation>
    </message>
    <message>
        <source>The client speaks https; the sandbox speaks http alone: its address begins with http://.</source>
        <translation>客户端用的是 https；沙箱只支持 http，地址要以 http:// 开头。</translation>
    </message>
    <message>
        <source>The header Content-Type is missing; it must be application/json.</source>
        <translation>缺少请求头 Content-Type，应为 application/json。</translation>
    </message>
    <message>
        <source>The body was announced as a form (curl -d does so by itself): set the header Content-Type: application/json.</source>
        <translation>请求体被标成了表单（curl -d 默认如此）：请加上请求头 Content-Type: application/json。</translation>
    </message>
    <message>
        <source>Content-Type is {word}; it must be application/json.</source>
        <translation>Content-Type 是 {word}，应为 application/json。</translation>
    </message>
    <message>
        <source>charset={charset} is announced. Here the body is read as UTF-8 all the same; what DingTalk does with it is not known.</source>
        <translation>请求头写了 charset={charset}。这里仍按 UTF-8 读取；钉钉会怎么处理，不清楚。</translation>
    </message>
    <message>
        <source>The call came from {address}; allowed are: {listed}.</source>
        <translation>调用来自 {address}，允许的只有：{listed}。</translation>
    </message>
    <message>
        <source>The answer was not compressed: Accept-Encoding did not ask for gzip.</source>
        <translation>回复没有压缩：Accept-Encoding 没有要求 gzip。</translation>
    </message>
    <message>
        <source>access_token is missing from the query, or it is empty.</source>
        <translation>参数里没有 access_token，或者是空的。</translation>
    </message>
    <message>
        <source>The parameter is called “{found}”; it must be access_token.</source>
        <translation>参数名写成了“{found}”，应为 access_token。</translation>
    </message>
    <message>
        <source>There is no access_token in the query; a header seems to hold it.</source>
        <translation>参数里没有 access_token，好像写在了请求头里。</translation>
    </message>
    <message>
        <source>There is no access_token in the query; the body holds it.</source>
        <translation>参数里没有 access_token，它写在了请求体里。</translation>
    </message>
    <message>
        <source>There is white space in or around the access token (often a line end).</source>
        <translation>Token 里面或前后有空白（常常是换行）。</translation>
    </message>
    <message>
        <source>The access token stands in quotation marks.</source>
        <translation>Token 带着引号。</translation>
    </message>
    <message>
        <source>The access token holds a whole webhook; only what follows access_token= belongs there.</source>
        <translation>Token 里是整个 Webhook，只应填 access_token= 后面的部分。</translation>
    </message>
    <message>
        <source>The access token begins with SEC: that is how signing secrets begin, not tokens.</source>
        <translation>Token 以 SEC 开头：这是加签密钥的开头，不是 Token。</translation>
    </message>
    <message>
        <source>The access token is the placeholder {word}, which nothing has replaced.</source>
        <translation>Token 还是没有被替换的占位符 {word}。</translation>
    </message>
    <message>
        <source>The access token is in another letter case.</source>
        <translation>Token 的大小写不对。</translation>
    </message>
    <message>
        <source>The access token was cut short: {length} characters of {wanted}.</source>
        <translation>Token 不完整：{wanted} 个字符只有 {length} 个。</translation>
    </message>
    <message>
        <source>Something else is attached to the access token: {length} characters instead of {wanted}.</source>
        <translation>Token 上还连着别的内容：应为 {wanted} 个字符，实际 {length} 个。</translation>
    </message>
    <message>
        <source>access_token stands in the query twice; give it once.</source>
        <translation>参数里有两个 access_token，只写一个即可。</translation>
    </message>
    <message>
        <source>What follows the access token belongs to it as it stands: join parameters with “&amp;”, not with a second “?” or with “&amp;amp;”.</source>
        <translation>后面的内容被当成了 Token 的一部分：参数之间要用“&amp;”，不能再用“?”或“&amp;amp;”。</translation>
    </message>
    <message>
        <source>No robot here has this access token. The sandbox makes new ones at each start, unless they are kept.</source>
        <translation>这里没有机器人用这个 Token。除非选择保留，沙箱每次启动都会生成新的。</translation>
    </message>
    <message>
        <source>There is no sign in the query.</source>
        <translation>参数里没有 sign。</translation>
    </message>
    <message>
        <source>The parameter is called “{found}”; it must be {wanted}.</source>
        <translation>参数名写成了“{found}”，应为 {wanted}。</translation>
    </message>
    <message>
        <source>There is no {found} in the query; the body holds one.</source>
        <translation>参数里没有 {found}，请求体里有一个。</translation>
    </message>
    <message>
        <source>There is no {found} in the query; a header holds one.</source>
        <translation>参数里没有 {found}，请求头里有一个。</translation>
    </message>
    <message>
        <source>timestamp or sign stands in the query twice (was a signed webhook signed again?); the first one counts here.</source>
        <translation>参数里有两个 timestamp 或 sign（是不是给已加签的 Webhook 又加了一次签？），这里以第一个为准。</translation>
    </message>
    <message>
        <source>sign was encoded twice.</source>
        <translation>sign 被 URL 编码了两次。</translation>
    </message>
    <message>
        <source>“+” in sign was not encoded: it must be %2B, or it arrives as a space.</source>
        <translation>sign 里的“+”没有编码：应写成 %2B，否则到达时变成空格。</translation>
    </message>
    <message>
        <source>There is white space or a line end in or around sign.</source>
        <translation>sign 里面或前后有空白或换行。</translation>
    </message>
    <message>
        <source>sign stands in quotation marks.</source>
        <translation>sign 带着引号。</translation>
    </message>
    <message>
        <source>sign is in hex; it must be base64.</source>
        <translation>sign 是十六进制，应为 base64。</translation>
    </message>
    <message>
        <source>sign is the base64 of hex digits; it must be the base64 of the digest&apos;s bytes.</source>
        <translation>sign 是对十六进制文字做的 base64，应对摘要的字节做 base64。</translation>
    </message>
    <message>
        <source>sign is in the other base64 with “-” and “_”; it must be the usual one with “+” and “/”.</source>
        <translation>sign 用的是带“-”“_”的 base64，应为带“+”“/”的标准 base64。</translation>
    </message>
    <message>
        <source>The “=” at the end of sign is missing.</source>
        <translation>sign 末尾少了“=”。</translation>
    </message>
    <message>
        <source>sign is the secret itself; the secret must never be sent.</source>
        <translation>sign 直接填了密钥；密钥绝不能发出去。</translation>
    </message>
    <message>
        <source>sign is the placeholder {word}, which nothing has replaced.</source>
        <translation>sign 还是没有被替换的占位符 {word}。</translation>
    </message>
    <message>
        <source>sign is no signature: {length} characters; the base64 of HMAC-SHA256 has 44.</source>
        <translation>sign 不是签名：有 {length} 个字符，HMAC-SHA256 的 base64 是 44 个。</translation>
    </message>
    <message>
        <source>sign was made with HMAC-{found}; it must be HMAC-SHA256.</source>
        <translation>sign 用的是 HMAC-{found}，应为 HMAC-SHA256。</translation>
    </message>
    <message>
        <source>sign is a plain hash; it must be an HMAC whose key is the secret.</source>
        <translation>sign 只是普通的哈希，应为以密钥为键的 HMAC。</translation>
    </message>
    <message>
        <source>Key and text were swapped: the secret is the key; timestamp, line end, secret the text.</source>
        <translation>键和内容弄反了：键是密钥，内容是时间戳、换行、密钥。</translation>
    </message>
    <message>
        <source>sign was made in Feishu&apos;s way (timestamp and secret as the key, an empty text).</source>
        <translation>sign 用了飞书的算法（时间戳和密钥作键，内容为空）。</translation>
    </message>
    <message>
        <source>Only the timestamp was signed; it must be timestamp, line end, secret.</source>
        <translation>只对时间戳签了名，应对“时间戳、换行、密钥”签名。</translation>
    </message>
    <message>
        <source>Only the secret was signed; it must be timestamp, line end, secret.</source>
        <translation>只对密钥签了名，应对“时间戳、换行、密钥”签名。</translation>
    </message>
    <message>
        <source>The text that was signed has a line end too many behind the secret (echo without -n?).</source>
        <translation>签名内容在密钥后面多了一个换行（echo 没加 -n？）。</translation>
    </message>
    <message>
        <source>The line end between timestamp and secret was left out when signing.</source>
        <translation>签名时漏了时间戳和密钥之间的换行。</translation>
    </message>
    <message>
        <source>Between timestamp and secret the two signs “\n” were signed instead of a line end.</source>
        <translation>签名时，时间戳和密钥之间用了“\n”这两个字符，而不是换行。</translation>
    </message>
    <message>
        <source>Between timestamp and secret CR LF was signed; it must be LF alone.</source>
        <translation>签名时，时间戳和密钥之间用了 CR LF，应只用 LF。</translation>
    </message>
    <message>
        <source>The secret was signed before the timestamp; the timestamp comes first.</source>
        <translation>签名时密钥写在了时间戳前面，时间戳应在前。</translation>
    </message>
    <message>
        <source>The body was signed; it must be timestamp, line end, secret.</source>
        <translation>对请求体签了名，应对“时间戳、换行、密钥”签名。</translation>
    </message>
    <message>
        <source>The secret was used with white space or a line end before or behind it.</source>
        <translation>密钥前后带着空白或换行。</translation>
    </message>
    <message>
        <source>The secret was used without its SEC; it belongs to the secret.</source>
        <translation>密钥少了开头的 SEC，它也是密钥的一部分。</translation>
    </message>
    <message>
        <source>The secret was used in another letter case.</source>
        <translation>密钥的大小写不对。</translation>
    </message>
    <message>
        <source>The access token was used in the place of the secret.</source>
        <translation>把 Token 当成密钥用了。</translation>
    </message>
    <message>
        <source>sign was made with an empty key: the secret is missing in the client.</source>
        <translation>sign 是用空的键算的：客户端里没有填密钥。</translation>
    </message>
    <message>
        <source>sign was made with the secret of another robot here: {robot}.</source>
        <translation>sign 用的是这里另一个机器人的密钥：{robot}。</translation>
    </message>
    <message>
        <source>sign belongs to another timestamp, {off_ms} ms off: the clock was read twice. Sign the timestamp that is sent.</source>
        <translation>sign 对应的是另一个时间戳，相差 {off_ms} 毫秒：时间取了两次。请对实际发送的时间戳签名。</translation>
    </message>
    <message>
        <source>One of the two timestamps, the signed and the sent, is in seconds, the other in ms.</source>
        <translation>签名用的时间戳和发送的时间戳，一个是秒，一个是毫秒。</translation>
    </message>
    <message>
        <source>A well-formed signature, but of another secret (or of another timestamp).</source>
        <translation>签名格式正确，但用的是别的密钥（或别的时间戳）。</translation>
    </message>
    <message>
        <source>There is no timestamp in the query.</source>
        <translation>参数里没有 timestamp。</translation>
    </message>
    <message>
        <source>The timestamp is in seconds; it must be in milliseconds.</source>
        <translation>时间戳是秒，应为毫秒。</translation>
    </message>
    <message>
        <source>The timestamp is in microseconds or nanoseconds; it must be in milliseconds.</source>
        <translation>时间戳是微秒或纳秒，应为毫秒。</translation>
    </message>
    <message>
        <source>The timestamp must be digits alone: milliseconds since 1970.</source>
        <translation>时间戳只能是数字：从 1970 年起的毫秒数。</translation>
    </message>
    <message>
        <source>The timestamp is {off_s} old; at most {limit_s} are allowed. Sign each request afresh.</source>
        <translation>时间戳是 {off_s}前的，最多允许 {limit_s}。每次请求都要重新签名。</translation>
    </message>
    <message>
        <source>The timestamp is {off_s} ahead of this clock; at most {limit_s} are allowed.</source>
        <translation>时间戳比这里的时间快 {off_s}，最多允许 {limit_s}。</translation>
    </message>
    <message>
        <source>More than {limit} messages within a minute; the robot rests for another {rest_s}.</source>
        <translation>一分钟内超过 {limit} 条消息，机器人还要休息 {rest_s}。</translation>
    </message>
    <message>
        <source>{number} d</source>
        <translation>{number} 天</translation>
    </message>
    <message>
        <source>{number} h</source>
        <translation>{number} 小时</translation>
    </message>
    <message>
        <source>{number} min</source>
        <translation>{number} 分钟</translation>
    </message>
    <message>
        <source>{number} s</source>
        <translation>{number} 秒</translation>
    </message>
    <message>
        <source>Nothing was to be posted: somebody looked whether a server is here, as a browser does, or a check-up for the time.</source>
        <translation>没有要发消息：只是看看服务器在不在，比如用浏览器打开，或体检时核对时间。</translation>
    </message>
    <message>
        <source>A check-up asked with an empty request. It was let through as far as its missing message, and nothing was posted.</source>
        <translation>体检用空请求问了一次：除了没有消息，其余都通过了，没有发出任何消息。</translation>
    </message>
    <message>
        <source>There is no Content-Length, so the body that came was not read.</source>
        <translation>没有 Content-Length，收到的请求体没有读取。</translation>
    </message>
    <message>
        <source>Content-Length says {announced}, and more came: it counts the bytes of UTF-8, not the characters.</source>
        <translation>Content-Length 写的是 {announced}，实际收到的更多：它要按 UTF-8 的字节数算，不是字数。</translation>
    </message>
    <message>
        <source>Content-Length says {announced} bytes, and only {came} came: the server waits for the rest.</source>
        <translation>Content-Length 写的是 {announced} 字节，只收到 {came} 字节：服务器会一直等剩下的部分。</translation>
    </message>
</context>
<context>
    <name>DiagnosisList</name>
    <message>
        <source>What was wrong with the request</source>
        <translation>请求哪里有问题</translation>
    </message>
</context>
<context>
    <name>Differences</name>
    <message>
        <source>Kind: {after} instead of {before}</source>
        <translation>类型：由“{before}”改为“{after}”</translation>
    </message>
    <message>
        <source>@everyone: newly on</source>
        <translation>@所有人：新开启</translation>
    </message>
    <message>
        <source>@everyone: no longer on</source>
        <translation>@所有人：已取消</translation>
    </message>
    <message>
        <source>Newly mentioned: {after}</source>
        <translation>新 @ 的人：{after}</translation>
    </message>
    <message>
        <source>No longer mentioned: {before}</source>
        <translation>不再 @ 的人：{before}</translation>
    </message>
    <message>
        <source>Card: other link, {after} instead of {before}</source>
        <translation>卡片：链接换了，由 {before} 改为 {after}</translation>
    </message>
    <message>
        <source>Picture: new, {after}</source>
        <translation>图片：新加，{after}</translation>
    </message>
    <message>
        <source>Picture: gone, {before}</source>
        <translation>图片：去掉了，{before}</translation>
    </message>
    <message>
        <source>Picture: {after} instead of {before}</source>
        <translation>图片：换了，由 {before} 改为 {after}</translation>
    </message>
    <message>
        <source>Link in the text: new, {after}</source>
        <translation>正文里的链接：新加，{after}</translation>
    </message>
    <message>
        <source>Link in the text: gone, {before}</source>
        <translation>正文里的链接：去掉了，{before}</translation>
    </message>
    <message>
        <source>Link in the text: {after} instead of {before}</source>
        <translation>正文里的链接：由 {before} 改为 {after}</translation>
    </message>
    <message>
        <source>Picture in the text: new, {after}</source>
        <translation>正文里的图片：新加，{after}</translation>
    </message>
    <message>
        <source>Picture in the text: gone, {before}</source>
        <translation>正文里的图片：去掉了，{before}</translation>
    </message>
    <message>
        <source>Picture in the text: {after} instead of {before}</source>
        <translation>正文里的图片：由 {before} 改为 {after}</translation>
    </message>
    <message>
        <source>Button {number}: new, “{after}”</source>
        <translation>按钮 {number}：新加，“{after}”</translation>
    </message>
    <message>
        <source>Button {number}: gone, “{before}”</source>
        <translation>按钮 {number}：去掉了，“{before}”</translation>
    </message>
    <message>
        <source>Button {number}: other link, {after} instead of {before}</source>
        <translation>按钮 {number}：链接换了，由 {before} 改为 {after}</translation>
    </message>
    <message>
        <source>Buttons: now side by side</source>
        <translation>按钮：改为左右并排</translation>
    </message>
    <message>
        <source>Buttons: now one below the other</source>
        <translation>按钮：改为上下排列</translation>
    </message>
    <message>
        <source>Robot&apos;s picture: now hidden</source>
        <translation>机器人头像：改为隐藏</translation>
    </message>
    <message>
        <source>Robot&apos;s picture: no longer hidden</source>
        <translation>机器人头像：不再隐藏</translation>
    </message>
    <message>
        <source>Item {number}: new, “{after}”</source>
        <translation>条目 {number}：新加，“{after}”</translation>
    </message>
    <message>
        <source>Item {number}: gone, “{before}”</source>
        <translation>条目 {number}：去掉了，“{before}”</translation>
    </message>
    <message>
        <source>Item {number}: other link, {after} instead of {before}</source>
        <translation>条目 {number}：链接换了，由 {before} 改为 {after}</translation>
    </message>
    <message>
        <source>Item {number}: other picture, {after} instead of {before}</source>
        <translation>条目 {number}：图片换了，由 {before} 改为 {after}</translation>
    </message>
    <message>
        <source>Only what no reader sees is different.</source>
        <translation>只有读者看不到的地方不同。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>{field}: {before} → {after}</source>
        <translation>{field}：{before} → {after}</translation>
    </message>
</context>
<context>
    <name>DraftController</name>
    <message>
        <source>“{draft}” is closed. Closed drafts can be had back for 30 days.</source>
        <translation>“{draft}”已关闭，30 天内可以在“已关闭的草稿”里找回。</translation>
    </message>
    <message>
        <source>Nothing is written yet.</source>
        <translation>还没写内容。</translation>
    </message>
    <message>
        <source>Save the message as a file</source>
        <translation>把消息保存成文件</translation>
    </message>
    <message>
        <source>Messages (*{ending})</source>
        <translation>消息 (*{ending})</translation>
    </message>
    <message>
        <source>{name} could not be written: {reason}</source>
        <translation>{name} 没能写入：{reason}</translation>
    </message>
    <message>
        <source>Saved as {name}. The token or secret in the text was left out.</source>
        <translation>已保存为 {name}，正文里的 Token 或密钥没有写进去。</translation>
    </message>
    <message>
        <source>Saved as {name}. Whom it is for does not stand in it.</source>
        <translation>已保存为 {name}，里面不含发给哪个群。</translation>
    </message>
</context>
<context>
    <name>DraftForm</name>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>正文</translation>
    </message>
    <message>
        <source>Links open in the browser</source>
        <translation>链接在浏览器中打开</translation>
    </message>
    <message>
        <source>Link address</source>
        <translation>跳转链接</translation>
    </message>
    <message>
        <source>Picture address (optional)</source>
        <translation>图片链接（选填）</translation>
    </message>
    <message>
        <source>https://… that everyone can reach</source>
        <translation>https://…，所有人都能访问</translation>
    </message>
    <message>
        <source>Button label</source>
        <translation>按钮文字</translation>
    </message>
    <message>
        <source>Read more</source>
        <translation>阅读全文</translation>
    </message>
    <message>
        <source>Button address</source>
        <translation>按钮链接</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>What the button says</source>
        <translation>按钮上的文字</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>Button {number}</source>
        <translation>按钮 {number}</translation>
    </message>
    <message>
        <source>Add a button</source>
        <translation>添加按钮</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Item {number}</source>
        <translation>条目 {number}</translation>
    </message>
    <message>
        <source>Add an item</source>
        <translation>添加条目</translation>
    </message>
    <message>
        <source>Hide the robot&apos;s picture</source>
        <translation>隐藏机器人头像</translation>
    </message>
    <message>
        <source>Not pasted: {size} KB is more than a field can hold (200 KB), and far more than DingTalk accepts. Nothing was changed; the clipboard still has it.</source>
        <translation>没有粘贴：内容有 {size} KB，超过输入框的上限（200 KB），也远超钉钉接受的大小。原来的内容没有变，剪贴板里还有。</translation>
    </message>
    <message>
        <source>Insert a picture&apos;s address…</source>
        <translation>插入图片链接…</translation>
    </message>
</context>
<context>
    <name>DraftListModel</name>
    <message>
        <source>No group yet</source>
        <translation>还没选群</translation>
    </message>
    <message>
        <source>Changed {when}</source>
        <translation>{when}改过</translation>
    </message>
    <message>
        <source>Sent {when}</source>
        <translation>{when}发送</translation>
    </message>
    <message>
        <source>Sent {when}, and changed since</source>
        <translation>{when}发送，之后又改过</translation>
    </message>
    <message>
        <source>Planned: it is sent {when}</source>
        <translation>已定时：{when}发送</translation>
    </message>
</context>
<context>
    <name>DraftListPanel</name>
    <message>
        <source>New message</source>
        <translation>新消息</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Enter goes on with a draft, Delete closes it; closed ones can be had back.</source>
        <translation>按回车继续写，按 Delete 关闭；关闭的草稿可以找回。</translation>
    </message>
    <message>
        <source>Closed drafts…</source>
        <translation>已关闭的草稿…</translation>
    </message>
    <message>
        <source>New message (Ctrl+N)</source>
        <translation>新消息（Ctrl+N）</translation>
    </message>
    <message>
        <source>Templates… (Ctrl+T)</source>
        <translation>模板…（Ctrl+T）</translation>
    </message>
</context>
<context>
    <name>EntryDialog</name>
    <message>
        <source>Send without the window</source>
        <translation>不开窗口也发送</translation>
    </message>
    <message>
        <source>While the window is closed, the system&apos;s own scheduler can look once a minute for what is due. This is what would be written for that, in your own folders:</source>
        <translation>窗口关着的时候，可以让系统的计划任务每分钟看一次有没有到点的。为此要在你自己的文件夹里写入以下内容：</translation>
    </message>
    <message>
        <source>Scheduler</source>
        <translation>计划任务</translation>
    </message>
    <message>
        <source>What would be written</source>
        <translation>将写入的内容</translation>
    </message>
    <message>
        <source>This was made by the scheduler&apos;s own rules, and never tried on such a system.</source>
        <translation>这是按它的规则生成的，没有在这类系统上试过。</translation>
    </message>
    <message>
        <source>Write it</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>Take it away</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>It is there.</source>
        <translation>已经写入。</translation>
    </message>
    <message>
        <source>It is not there.</source>
        <translation>还没有写入。</translation>
    </message>
    <message>
        <source>The file could not be written.</source>
        <translation>文件写不进去。</translation>
    </message>
    <message>
        <source>{tool} says no: {words}</source>
        <translation>{tool} 没有接受：{words}</translation>
    </message>
    <message>
        <source>An earlier one is there, which differs from this.</source>
        <translation>已有一个旧的，和这里显示的不一样。</translation>
    </message>
</context>
<context>
    <name>Evidence</name>
    <message>
        <source>The history is whole.</source>
        <translation>发送记录完整无缺。</translation>
    </message>
    <message>
        <source>The history was changed outside of this program.</source>
        <translation>发送记录在本程序之外被改动过。</translation>
    </message>
    <message>
        <source>{links} links read, {sends} sends compared with them.</source>
        <translation>已读 {links} 环，核对了 {sends} 条。</translation>
    </message>
    <message>
        <source>{removed} sends were removed by the program, and say so.</source>
        <translation>有 {removed} 条由本程序删除，已留下删除标记。</translation>
    </message>
    <message>
        <source>{waiting} sends from before the chain have not joined it yet: nothing is known of them.</source>
        <translation>有 {waiting} 条更早的记录还没有接入校验链，无法判断。</translation>
    </message>
    <message>
        <source>{count} places do not fit.</source>
        <translation>有 {count} 处对不上。</translation>
    </message>
    <message>
        <source>This send was changed after it was finished (link {number}).</source>
        <translation>这一条在完成之后被改动过（第 {number} 环）。</translation>
    </message>
    <message>
        <source>A send was removed (link {number}, row {key}).</source>
        <translation>有一条被删除（第 {number} 环，第 {key} 行）。</translation>
    </message>
    <message>
        <source>This send was put in from outside (row {key}).</source>
        <translation>这一条是从外面塞进来的（第 {key} 行）。</translation>
    </message>
    <message>
        <source>The link {number} itself was changed.</source>
        <translation>第 {number} 环本身被改动过。</translation>
    </message>
    <message>
        <source>The link {number} is missing.</source>
        <translation>第 {number} 环不见了。</translation>
    </message>
    <message>
        <source>The chain ends at link {number}, and should not: its end was cut off.</source>
        <translation>校验链在第 {number} 环就断了：后面的被截掉了。</translation>
    </message>
    <message>
        <source>What stands in place of removed sends was changed (link {number}).</source>
        <translation>删除标记被改动过（第 {number} 环）。</translation>
    </message>
    <message>
        <source>No send is finished yet.</source>
        <translation>还没有发送完成的记录。</translation>
    </message>
    <message>
        <source>link {number}, {digest}</source>
        <translation>第 {number} 环，{digest}</translation>
    </message>
    <message>
        <source>History of DingComposer, {when}: link {number}
{digest}
Whoever has this line can prove later that nothing before it was changed.</source>
        <translation>DingComposer 发送记录，{when}：第 {number} 环
{digest}
有了这一行，以后就能证明在它之前的记录没有被改过。</translation>
    </message>
    <message>
        <source>Every finished send is hashed with SHA-256: what was sent, to which robot, when, every attempt and what came back. Each link of the chain is the hash of the link before and of its own send. So no send can be changed, removed or put in without every later link changing.</source>
        <translation>每一条完成的发送都用 SHA-256 算出哈希：发了什么、发给哪个机器人、什么时间、每一次的发送经过和收到的回复。校验链的每一环，是前一环和这一条的哈希。所以任何一条被改动、删除或插入，后面的每一环都会变。</translation>
    </message>
    <message>
        <source>This report holds the full record of each send (below each one) and its part of the chain (at the end). To check it, save the lines below as check.py and run: python3 check.py report.html. They need Python 3 and nothing of this program. They print each record as it was hashed: compare these words with what the page shows.</source>
        <translation>本报告含有每一条的原始记录（在各条下面）和相应的一段校验链（在末尾）。要核对，请把下面几行存为 check.py，然后运行：python3 check.py report.html。只需要 Python 3，不需要本程序。它会按算哈希时的原样打印每条原始记录：请与页面上的文字对照。</translation>
    </message>
    <message>
        <source>Then compare the last link with one that you got another way: from a receipt, a message in a group, or an older report. The number and digest of an older head stand unchanged among the links here.</source>
        <translation>然后把最后一环与从别处得到的对照：回执、群里的消息，或更早的报告。更早的最新一环，其编号和摘要会原样出现在这里的各环之中。</translation>
    </message>
    <message>
        <source>Whoever has the computer could have written the whole history anew, with a chain that fits. Only a head that left the computer at the time rules that out: on a printed receipt, or sent to a group as a message.</source>
        <translation>掌握这台电脑的人，可以把整个发送记录重写一遍，并配上对得上的校验链。只有当时就离开了电脑的最新一环才能排除这一点：印在回执上，或作为消息发到群里。</translation>
    </message>
    <message>
        <source>The times are this computer&apos;s clock. DingTalk&apos;s answer carries a time of its own in its headers, where it sent one.</source>
        <translation>时间取自这台电脑。钉钉的回复头里如果带有时间，那是钉钉自己的。</translation>
    </message>
    <message>
        <source>DingTalk signs no answer and gives no message ID: that it was DingTalk is known from the encrypted connection, which leaves no proof behind.</source>
        <translation>钉钉不对回复签名，也不给消息编号：对方确是钉钉，靠的是加密连接，而加密连接不留凭据。</translation>
    </message>
    <message>
        <source>Delivered means that DingTalk accepted the message for the group. Nobody knows who read it.</source>
        <translation>“已送达”指钉钉接受了发给该群的消息。谁看过，无从得知。</translation>
    </message>
    <message>
        <source>The bubbles are drawn as DingTalk would draw them; the record is what counts.</source>
        <translation>气泡是按钉钉的样子画的；一切以原始记录为准。</translation>
    </message>
    <message>
        <source>Where a stretch of the chain begins anew (&quot;before&quot;), the links between were left out for their number: that these fit together only the program&apos;s own check can say.</source>
        <translation>校验链另起一段之处（“before”），中间的环因为太多而略去：它们是否衔接，只有本程序自己的核对才知道。</translation>
    </message>
</context>
<context>
    <name>ExpectedRuns</name>
    <message>
        <source>The next runs</source>
        <translation>接下来的发送</translation>
    </message>
    <message>
        <source>The message as the group will see it</source>
        <translation>消息在群里的样子</translation>
    </message>
    <message>
        <source>Nobody knows yet whether that day is worked: you will be asked then.</source>
        <translation>还不知道那天上不上班，到时会问你。</translation>
    </message>
    <message>
        <source>{group}: nothing would leave. {why}</source>
        <translation>{group}：什么都不会发出。{why}</translation>
    </message>
    <message>
        <source>The next runs, by this computer&apos;s clock</source>
        <translation>接下来的发送（这台电脑的时间）</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>Sends</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Robot</source>
        <translation>机器人</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Mentioned</source>
        <translation>@ 的人</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>错误码</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回复</translation>
    </message>
    <message>
        <source>HTTP</source>
        <translation>HTTP</translation>
    </message>
    <message>
        <source>Tries</source>
        <translation>发送次数</translation>
    </message>
    <message>
        <source>Duration (ms)</source>
        <translation>用时（毫秒）</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>完成时间</translation>
    </message>
    <message>
        <source>SHA-256 of the body</source>
        <translation>请求体的 SHA-256</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>第几环</translation>
    </message>
    <message>
        <source>Link&apos;s digest</source>
        <translation>该环摘要</translation>
    </message>
    <message>
        <source>everyone</source>
        <translation>所有人</translation>
    </message>
    <message>
        <source>{status}.</source>
        <translation>{status}。</translation>
    </message>
    <message>
        <source>not in the chain yet</source>
        <translation>还没有接入校验链</translation>
    </message>
    <message>
        <source>Written down</source>
        <translation>记录时间</translation>
    </message>
    <message>
        <source>SHA-256 without msgUuid</source>
        <translation>不含 msgUuid 的 SHA-256</translation>
    </message>
    <message>
        <source>Chain</source>
        <translation>校验链</translation>
    </message>
    <message>
        <source>Read from a file</source>
        <translation>从文件读入</translation>
    </message>
    <message>
        <source>Report of messages to DingTalk groups</source>
        <translation>钉钉群消息发送报告</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>生成时间</translation>
    </message>
    <message>
        <source>Newest link of the chain</source>
        <translation>校验链最新一环</translation>
    </message>
    <message>
        <source>How this report is checked</source>
        <translation>怎样核对这份报告</translation>
    </message>
    <message>
        <source>What it does not prove</source>
        <translation>它不能证明什么</translation>
    </message>
    <message>
        <source>The chain: number, entry, row, content, digest</source>
        <translation>校验链：编号、种类、行号、内容哈希、摘要</translation>
    </message>
    <message>
        <source>Record, as it was hashed</source>
        <translation>原始记录（即算哈希的原文）</translation>
    </message>
    <message>
        <source>Picture:</source>
        <translation>图片：</translation>
    </message>
    <message>
        <source>Began</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>What came back</source>
        <translation>收到的回复</translation>
    </message>
    <message>
        <source>Said</source>
        <translation>回复内容</translation>
    </message>
    <message>
        <source>sandbox</source>
        <translation>沙箱</translation>
    </message>
    <message>
        <source>Excel workbook (XLSX)</source>
        <translation>Excel 工作簿（XLSX）</translation>
    </message>
    <message>
        <source>Table as text (CSV)</source>
        <translation>文本表格（CSV）</translation>
    </message>
    <message>
        <source>Report with bubbles and proof (HTML)</source>
        <translation>带气泡和凭据的报告（HTML）</translation>
    </message>
    <message>
        <source>Report with bubbles to print (PDF)</source>
        <translation>带气泡的报告，供打印（PDF）</translation>
    </message>
    <message>
        <source>All of it, to be read back (JSON Lines)</source>
        <translation>完整数据，可再读回（JSON Lines）</translation>
    </message>
    <message>
        <source>Opens in Excel, WPS and LibreOffice; times and numbers can be sorted and added up.</source>
        <translation>用 Excel、WPS 和 LibreOffice 打开；时间和数字可以排序、求和。</translation>
    </message>
    <message>
        <source>Opens in Excel and WPS, and in nearly every other program.</source>
        <translation>用 Excel、WPS 和几乎所有其他程序都能打开。</translation>
    </message>
    <message>
        <source>One page with each message as its group saw it, its hashes and how they are checked. A browser prints it, as PDF too.</source>
        <translation>一个网页：每条消息在群里的样子、它的哈希，以及怎样核对。可用浏览器打印，也可存为 PDF。</translation>
    </message>
    <message>
        <source>The same for paper, for up to {most} messages; records and chain are in the HTML report alone.</source>
        <translation>同样的内容，供打印，最多 {most} 条消息；原始记录和校验链只在 HTML 报告里。</translation>
    </message>
    <message>
        <source>A line for each send with all that is known of it. The history of another computer can read it back.</source>
        <translation>每条一行，包含全部已知内容。可以读回到另一台电脑的发送记录里。</translation>
    </message>
    <message>
        <source>{added} sends were added.</source>
        <translation>新增 {added} 条。</translation>
    </message>
    <message>
        <source>{known} were here already.</source>
        <translation>{known} 条原来就有。</translation>
    </message>
    <message>
        <source>{open} were not over when they were exported, and were left out.</source>
        <translation>{open} 条导出时还没有结束，未读入。</translation>
    </message>
    <message>
        <source>{unreadable} lines could not be read.</source>
        <translation>{unreadable} 行读不懂。</translation>
    </message>
    <message>
        <source>All messages ({count})</source>
        <translation>全部消息（{count} 条）</translation>
    </message>
    <message>
        <source>Those that were found ({count})</source>
        <translation>查到的（{count} 条）</translation>
    </message>
    <message>
        <source>The chosen one</source>
        <translation>选中的这一条</translation>
    </message>
    <message>
        <source>Those that are chosen ({count})</source>
        <translation>选中的（{count} 条）</translation>
    </message>
</context>
<context>
    <name>ExportButton</name>
    <message>
        <source>Picture for approval</source>
        <translation>生成确认用的图片</translation>
    </message>
    <message>
        <source>With name and ground</source>
        <translation>包含名称和聊天背景</translation>
    </message>
    <message>
        <source>PC</source>
        <translation>电脑</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>手机</translation>
    </message>
    <message>
        <source>Both, side by side</source>
        <translation>左右并排</translation>
    </message>
    <message>
        <source>Copy as picture</source>
        <translation>复制为图片</translation>
    </message>
    <message>
        <source>Save as PNG</source>
        <translation>保存为 PNG</translation>
    </message>
    <message>
        <source>Copied as a picture</source>
        <translation>已复制为图片</translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>PNG 图片 (*.png)</translation>
    </message>
    <message>
        <source>Saved as {path}</source>
        <translation>已保存为 {path}</translation>
    </message>
    <message>
        <source>{path} could not be saved. Choose another folder, or free some space, then try again.</source>
        <translation>{path} 没能保存。请换一个文件夹，或腾出空间后再试。</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Ending…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Which messages?</source>
        <translation>导出哪些消息？</translation>
    </message>
    <message>
        <source>In which form?</source>
        <translation>导出成什么格式？</translation>
    </message>
    <message>
        <source>Webhooks and secrets are in none of them: the history does not hold any.</source>
        <translation>里面都没有 Webhook 和密钥：发送记录本来就不保存它们。</translation>
    </message>
    <message>
        <source>{done} of {total} messages</source>
        <translation>{done} / {total} 条消息</translation>
    </message>
    <message>
        <source>Nothing was exported. {why}</source>
        <translation>没有导出任何内容。{why}</translation>
    </message>
    <message>
        <source>Finishing the file…</source>
        <translation>正在写完文件…</translation>
    </message>
    <message>
        <source>The file could not be written there. Choose another folder.</source>
        <translation>无法把文件写到这个位置，请换一个文件夹。</translation>
    </message>
</context>
<context>
    <name>ExtrasRow</name>
    <message>
        <source>Send keys that DingTalk does not know, too: {names}</source>
        <translation>同时发送钉钉不认识的字段：{names}</translation>
    </message>
</context>
<context>
    <name>FaultPicker</name>
    <message>
        <source>What goes wrong</source>
        <translation>模拟故障</translation>
    </message>
    <message>
        <source>How often it goes wrong</source>
        <translation>故障次数</translation>
    </message>
    <message>
        <source>once</source>
        <translation>一次</translation>
    </message>
    <message>
        <source>for the next requests</source>
        <translation>接下来几次请求</translation>
    </message>
    <message>
        <source>by chance</source>
        <translation>按概率</translation>
    </message>
    <message>
        <source>For how many requests</source>
        <translation>影响几次请求</translation>
    </message>
    <message>
        <source>How likely, in percent</source>
        <translation>概率（百分比）</translation>
    </message>
    <message>
        <source>the message arrives all the same</source>
        <translation>消息照样送达</translation>
    </message>
    <message>
        <source>nothing goes wrong</source>
        <translation>没有故障</translation>
    </message>
</context>
<context>
    <name>FeedColumn</name>
    <message>
        <source>No items yet</source>
        <translation>还没有条目</translation>
    </message>
</context>
<context>
    <name>FieldsForm</name>
    <message>
        <source>This template has no fields to fill in.</source>
        <translation>这个模板没有需要填写的内容。</translation>
    </message>
    <message>
        <source>Names, with spaces between</source>
        <translation>姓名，多人用空格分开</translation>
    </message>
    <message>
        <source>Each group&apos;s own, put in as it is sent</source>
        <translation>发送时自动换成各群自己的名称</translation>
    </message>
</context>
<context>
    <name>FillDialog</name>
    <message>
        <source>Fill in the fields</source>
        <translation>填写内容</translation>
    </message>
    <message>
        <source>Fill in</source>
        <translation>填好</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Still empty: {names}</source>
        <translation>还没填：{names}</translation>
    </message>
    <message>
        <source>Send as they stand</source>
        <translation>照原样发送</translation>
    </message>
    <message>
        <source>The group reads {example}, as it is written</source>
        <translation>群里看到的就是 {example} 这样的原文</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find and replace</source>
        <translation>查找和替换</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>替换为</translation>
    </message>
    <message>
        <source>Mind capital letters</source>
        <translation>区分大小写</translation>
    </message>
    <message>
        <source>Word</source>
        <translation>全字</translation>
    </message>
    <message>
        <source>Whole words only; beside Chinese a word always ends</source>
        <translation>全字匹配；中文没有空格，紧挨中文也算词的边界</translation>
    </message>
    <message>
        <source>Regular expression; \1 is what its first (…) holds</source>
        <translation>正则表达式；替换时 \1 代表第一个括号里的内容</translation>
    </message>
    <message>
        <source>Previous (Shift+Enter)</source>
        <translation>上一个（Shift+回车）</translation>
    </message>
    <message>
        <source>Next (Enter)</source>
        <translation>下一个（回车）</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Replace all</source>
        <translation>全部替换</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Not valid</source>
        <translation>表达式无效</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>{number} / {count}</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message numerus="yes">
        <source>%n replaced. Undo takes all of it back.</source>
        <translation>
            <numerusform>已替换 %n 处，撤销可一次恢复。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindInPage</name>
    <message>
        <source>Find on this page</source>
        <translation>在本页查找</translation>
    </message>
    <message>
        <source>The place before (Shift+F3)</source>
        <translation>上一处（Shift+F3）</translation>
    </message>
    <message>
        <source>The next place (F3)</source>
        <translation>下一处（F3）</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭（Esc）</translation>
    </message>
</context>
<context>
    <name>Fixes</name>
    <message>
        <source>Insert the keyword</source>
        <translation>插入关键词</translation>
    </message>
    <message>
        <source>Show the signs as they are</source>
        <translation>让符号原样显示</translation>
    </message>
    <message>
        <source>Take the spaces out of the address</source>
        <translation>去掉地址中的空格</translation>
    </message>
    <message>
        <source>Remove what cannot be seen or sent</source>
        <translation>删除看不见或无法发送的字符</translation>
    </message>
    <message>
        <source>Spell the keyword as it is set</source>
        <translation>把关键词改成设置里的大小写</translation>
    </message>
    <message>
        <source>Put the mention into the text</source>
        <translation>把 @ 写进正文</translation>
    </message>
    <message>
        <source>Mention whom the text names</source>
        <translation>把正文里 @ 的人加入 @ 成员</translation>
    </message>
    <message>
        <source>Put the number in place of the name</source>
        <translation>把名字换成号码并提醒</translation>
    </message>
    <message>
        <source>Write the number as DingTalk reads it, and mention it</source>
        <translation>把号码改成钉钉认得的写法，并提醒此人</translation>
    </message>
    <message>
        <source>Tick @everyone</source>
        <translation>勾选 @所有人</translation>
    </message>
    <message>
        <source>Make it a new line</source>
        <translation>改成换行</translation>
    </message>
    <message>
        <source>Mention everybody once</source>
        <translation>每人只 @ 一次</translation>
    </message>
    <message>
        <source>Break the lines</source>
        <translation>换行</translation>
    </message>
    <message>
        <source>Leave a blank line before it</source>
        <translation>在它前面空一行</translation>
    </message>
    <message>
        <source>Put a space beside the stars</source>
        <translation>在星号旁加一个空格</translation>
    </message>
    <message>
        <source>Put a space after the #</source>
        <translation>在 # 后加一个空格</translation>
    </message>
    <message>
        <source>Take the quotes off the colour</source>
        <translation>去掉颜色值的引号</translation>
    </message>
    <message>
        <source>Break the line with two spaces</source>
        <translation>改用两个空格换行</translation>
    </message>
    <message>
        <source>Put https:// before the address</source>
        <translation>在地址前加上 https://</translation>
    </message>
    <message>
        <source>Percent-encode it</source>
        <translation>给网址转码</translation>
    </message>
    <message>
        <source>Open the links in the browser</source>
        <translation>让链接在浏览器中打开</translation>
    </message>
    <message>
        <source>Stack the buttons</source>
        <translation>把按钮改为上下排列</translation>
    </message>
    <message>
        <source>Take the HTML out</source>
        <translation>去掉 HTML</translation>
    </message>
    <message>
        <source>Make it a markdown message</source>
        <translation>改成 Markdown 消息</translation>
    </message>
    <message>
        <source>Turn the table into lines</source>
        <translation>把表格改成逐行文字</translation>
    </message>
    <message>
        <source>Take the first line of the text</source>
        <translation>用正文第一行作标题</translation>
    </message>
    <message>
        <source>Correct the weekday</source>
        <translation>改正星期</translation>
    </message>
    <message>
        <source>Put today&apos;s date in its place</source>
        <translation>换成今天的日期</translation>
    </message>
    <message>
        <source>Keep the words without the link</source>
        <translation>只留文字，去掉链接</translation>
    </message>
    <message>
        <source>Send it in parts…</source>
        <translation>分几条发送…</translation>
    </message>
    <message>
        <source>Fill in the fields…</source>
        <translation>填写内容…</translation>
    </message>
    <message>
        <source>Move all days by whole weeks</source>
        <translation>所有日期顺延整周</translation>
    </message>
    <message>
        <source>Take the secret out</source>
        <translation>去掉密钥</translation>
    </message>
    <message>
        <source>Send it as it stands</source>
        <translation>照原样发送</translation>
    </message>
</context>
<context>
    <name>Guide</name>
    <message>
        <source>First steps</source>
        <translation>入门</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>编写</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>When something is wrong</source>
        <translation>遇到问题</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>关于这台电脑</translation>
    </message>
    <message>
        <source>How a PC (left) and a phone (right) draw it</source>
        <translation>电脑（左）和手机（右）上的样子</translation>
    </message>
    <message>
        <source>Not yet released</source>
        <translation>尚未发布</translation>
    </message>
    <message>
        <source>Example</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>Robot</source>
        <translation>机器人</translation>
    </message>
</context>
<context>
    <name>GuideWindow</name>
    <message>
        <source>Guide — DingComposer</source>
        <translation>使用说明 — DingComposer</translation>
    </message>
    <message>
        <source>Back (Alt+Left)</source>
        <translation>后退（Alt+←）</translation>
    </message>
    <message>
        <source>Forward (Alt+Right)</source>
        <translation>前进（Alt+→）</translation>
    </message>
    <message>
        <source>Search the guide</source>
        <translation>搜索使用说明</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>目录</translation>
    </message>
    <message>
        <source>Found in the guide</source>
        <translation>在使用说明里找到的</translation>
    </message>
    <message>
        <source>Nothing in the guide holds these words.</source>
        <translation>使用说明里没有这些词。</translation>
    </message>
    <message>
        <source>Find on this page (Ctrl+F)</source>
        <translation>在本页查找（Ctrl+F）</translation>
    </message>
    <message>
        <source>{page}: {section}</source>
        <translation>{page}：{section}</translation>
    </message>
</context>
<context>
    <name>Gutter</name>
    <message>
        <source>Marks</source>
        <translation>标记</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>Attempt {number}</source>
        <translation>第 {number} 次发送</translation>
    </message>
    <message>
        <source>Nothing left this computer in this attempt.</source>
        <translation>这一次没有任何内容离开这台电脑。</translation>
    </message>
    <message>
        <source>It is on its way; no answer yet.</source>
        <translation>正在路上，还没有回复。</translation>
    </message>
    <message>
        <source>What came back is not known. {why}</source>
        <translation>不知道收到了什么回复。{why}</translation>
    </message>
    <message>
        <source>HTTP {status}; what else came was not recorded.</source>
        <translation>HTTP {status}，其余内容当时没有记录。</translation>
    </message>
    <message>
        <source>What came back was not recorded.</source>
        <translation>当时没有记录收到了什么。</translation>
    </message>
    <message>
        <source>It waits: nothing has left this computer yet.</source>
        <translation>还在等待，没有任何内容离开这台电脑。</translation>
    </message>
    <message>
        <source>No attempt was made: nothing left this computer.</source>
        <translation>没有发送过，没有任何内容离开这台电脑。</translation>
    </message>
    <message>
        <source>The first lines of an answer were not whole after {time}.</source>
        <translation>{time}后，回复的开头几行仍未收全。</translation>
    </message>
    <message>
        <source>The connection broke after {time}, in the answer&apos;s first lines.</source>
        <translation>{time}后连接中断，回复的开头几行没有收全。</translation>
    </message>
    <message>
        <source>Not one byte of an answer came within {time}.</source>
        <translation>{time}内没有收到任何回复，一个字节也没有。</translation>
    </message>
    <message>
        <source>The connection broke after {time}, before an answer began.</source>
        <translation>{time}后连接中断，还没有开始回复。</translation>
    </message>
    <message>
        <source>HTTP {status}; it was read no further than {bytes}.</source>
        <translation>HTTP {status}，读到 {bytes}就不再读了。</translation>
    </message>
    <message>
        <source>HTTP {status}, {bytes}.</source>
        <translation>HTTP {status}，{bytes}。</translation>
    </message>
    <message>
        <source>HTTP {status}, no body.</source>
        <translation>HTTP {status}，没有正文。</translation>
    </message>
    <message>
        <source>HTTP {status}.</source>
        <translation>HTTP {status}。</translation>
    </message>
    <message>
        <source>Not whole after {time}: {count} of {announced} came.</source>
        <translation>{time}后仍未收全：只收到 {count} 字节，应有 {announced}。</translation>
    </message>
    <message>
        <source>The connection broke after {time}: {count} of {announced} came.</source>
        <translation>{time}后连接中断：只收到 {count} 字节，应有 {announced}。</translation>
    </message>
    <message>
        <source>an unknown number of bytes</source>
        <translation>（长度未知）</translation>
    </message>
    <message>
        <source>{count} bytes</source>
        <translation>{count} 字节</translation>
    </message>
    <message>
        <source>(The rest of the query and the headers were not recorded.)</source>
        <translation>（网址中的其余参数和请求头当时没有记录。）</translation>
    </message>
    <message>
        <source>({bytes}, SHA-256 {hash})</source>
        <translation>（{bytes}，SHA-256 {hash}）</translation>
    </message>
    <message>
        <source>(The body as posted cannot be made again, for another version of this program wrote it. The message stands under JSON; its msgUuid was {uuid}.)</source>
        <translation>（发出时的正文由另一个版本的程序写成，无法原样重现。消息内容见“JSON”；它的 msgUuid 是 {uuid}。）</translation>
    </message>
    <message>
        <source>({what_came})</source>
        <translation>（{what_came}）</translation>
    </message>
    <message>
        <source>ddd d MMM yyyy</source>
        <translation>yyyy 年 M 月 d 日 ddd</translation>
    </message>
    <message>
        <source>ddd d MMM</source>
        <translation>M 月 d 日 ddd</translation>
    </message>
    <message>
        <source>{milliseconds} ms</source>
        <translation>{milliseconds} 毫秒</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
</context>
<context>
    <name>HistoryPage</name>
    <message>
        <source>History</source>
        <translation>发送记录</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Read the history again</source>
        <translation>重新读取发送记录</translation>
    </message>
    <message>
        <source>Details of the send</source>
        <translation>发送详情</translation>
    </message>
    <message>
        <source>Nothing has been sent yet</source>
        <translation>还没有发送过消息</translation>
    </message>
    <message>
        <source>No message matches</source>
        <translation>没有符合的消息</translation>
    </message>
    <message>
        <source>Chinese is found from one character on, other words by their beginning. Words in quotes must follow each other; a minus excludes a word.</source>
        <translation>中文输入一个字就能找到，其他文字按词首查找。引号里的词须连在一起，词前加减号表示排除。</translation>
    </message>
    <message>
        <source>Show all messages</source>
        <translation>显示全部消息</translation>
    </message>
    <message>
        <source>The history cannot be read. {why}</source>
        <translation>无法读取发送记录。{why}</translation>
    </message>
    <message>
        <source>Write a message and press Send: it is kept here then, with its outcome and DingTalk&apos;s answer.</source>
        <translation>写一条消息并发送，结果和钉钉的回复就会保存在这里。</translation>
    </message>
</context>
<context>
    <name>HistorySearching</name>
    <message>
        <source>Still searching…</source>
        <translation>仍在查找…</translation>
    </message>
</context>
<context>
    <name>Hosts</name>
    <message>
        <source>A host that is not DingTalk&apos;s</source>
        <translation>不是钉钉官方的地址</translation>
    </message>
    <message>
        <source>Send to {host}?</source>
        <translation>要发送到 {host} 吗？</translation>
    </message>
    <message>
        <source>Yes, this host is right</source>
        <translation>地址没错，继续</translation>
    </message>
    <message>
        <source>This is not one of DingTalk&apos;s usual addresses. The webhook, with its token, and every message of this robot will go there. That is fine if your company runs its own DingTalk, but not if somebody sent you this address.</source>
        <translation>这不是钉钉的常用地址。这个机器人的 Webhook（包括里面的 Token）和所有消息都会发到那里。如果公司用的是专有钉钉，可以继续；如果地址是别人发给你的，请不要继续。</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>Read back</source>
        <translation>读回</translation>
    </message>
    <message>
        <source>Reading {name}</source>
        <translation>正在读 {name}</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>This is no file that was exported as JSON Lines.</source>
        <translation>这不是导出的 JSON Lines 文件。</translation>
    </message>
    <message>
        <source>The file cannot be read.</source>
        <translation>文件读不了。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>InlineMentions</name>
    <message>
        <source>The number of {name} was changed in the text: {name} will not be notified any more. Undo takes it back.</source>
        <translation>正文里{name}的号码被改动了：{name}收不到提醒了。撤销可以恢复。</translation>
    </message>
</context>
<context>
    <name>ItemRow</name>
    <message>
        <source>Drag to move</source>
        <translation>拖动以调整顺序</translation>
    </message>
    <message>
        <source>Move up (Alt+Up)</source>
        <translation>上移（Alt+↑）</translation>
    </message>
    <message>
        <source>Move down (Alt+Down)</source>
        <translation>下移（Alt+↓）</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制一份</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>JsonPane</name>
    <message>
        <source>Set it right</source>
        <translation>自动改正</translation>
    </message>
    <message>
        <source>Tidy up</source>
        <translation>整理格式</translation>
    </message>
    <message>
        <source>JSON of the message</source>
        <translation>消息的 JSON</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: {reason}</source>
        <translation>第 {line} 行第 {column} 列：{reason}</translation>
    </message>
    <message>
        <source>“{name}” stands there twice: the last one holds.</source>
        <translation>“{name}”出现了两次，以最后一个为准。</translation>
    </message>
    <message numerus="yes">
        <source>And %n more.</source>
        <translation>
            <numerusform>还有 %n 处。</numerusform>
        </translation>
    </message>
    <message>
        <source>As it is sent, but for msgUuid, which is new with each send.</source>
        <translation>发送时就是这样，只差每次新生成的 msgUuid。</translation>
    </message>
    <message>
        <source>The grey keys stay here; msgUuid comes with each send.</source>
        <translation>灰色字段只留在这里；msgUuid 每次发送时新生成。</translation>
    </message>
</context>
<context>
    <name>JsonView</name>
    <message>
        <source>JSON of the message</source>
        <translation>消息的 JSON</translation>
    </message>
</context>
<context>
    <name>Keeping</name>
    <message>
        <source>The disk is full. Free some space, then try again.</source>
        <translation>磁盘已满。请清理出空间后再试。</translation>
    </message>
    <message>
        <source>Another program is using the database. Close it, then try again.</source>
        <translation>数据文件正被其他程序占用。请关闭那个程序后再试。</translation>
    </message>
    <message>
        <source>The database is damaged and was left untouched. Move it away to start afresh, or replace it with a backup.</source>
        <translation>数据文件已损坏，程序没有动它。可以把它移走后重新开始，或用备份替换。</translation>
    </message>
    <message>
        <source>The database cannot be written to. Check the permissions of its folder.</source>
        <translation>无法写入数据文件。请检查所在文件夹的权限。</translation>
    </message>
    <message>
        <source>The database cannot be read. Check the permissions of its folder.</source>
        <translation>无法读取数据文件。请检查所在文件夹的权限。</translation>
    </message>
    <message>
        <source>The disk reported an error. Check it, then try again.</source>
        <translation>磁盘出错。请检查磁盘后再试。</translation>
    </message>
    <message>
        <source>The database cannot be created here. Look whether this account may write there, or use another folder.</source>
        <translation>无法在这里建立数据文件。请看看当前用户能不能写入，或换一个文件夹。</translation>
    </message>
    <message>
        <source>The database was written by a newer version of this program and was left untouched. Use that version, or another folder.</source>
        <translation>数据文件是更新版本的程序写的，这里没有动它。请使用那个版本，或换一个文件夹。</translation>
    </message>
    <message>
        <source>The file in the place of the database belongs to another program and was left untouched. Move it away, or use another folder.</source>
        <translation>数据文件的位置上是其他程序的文件，程序没有动它。请把它移走，或换一个文件夹。</translation>
    </message>
    <message>
        <source>In the place of the database stands something that is no file: a folder, a pipe or a device. Move it away, or use another folder.</source>
        <translation>数据文件的位置上不是文件，而是文件夹、管道或设备。请把它移走，或换一个文件夹。</translation>
    </message>
    <message>
        <source>The database was deleted while the program ran. Everything was written to a new file in its place. Look whether all is there; what was not sent can be sent again.</source>
        <translation>程序运行时数据文件被删除了，全部内容已写进原位置的新文件。请看看内容是否齐全；未发出的消息可以再发。</translation>
    </message>
    <message>
        <source>Another file was put in the place of the database while the program ran. That file was set aside beside it, and everything was written anew. Look whether all is there; what was not sent can be sent again.</source>
        <translation>程序运行时数据文件被换成了另一个文件。那个文件已改名保存在旁边，全部内容已重新写入。请看看内容是否齐全；未发出的消息可以再发。</translation>
    </message>
    <message>
        <source>The database was overwritten while the program ran. What stood there was set aside beside it, and all that the program still knew was written anew. Look whether all is there; what was not sent can be sent again.</source>
        <translation>程序运行时数据文件被覆盖了。覆盖后的内容已另存在旁边，程序还记得的内容已全部重新写入。请看看内容是否齐全；未发出的消息可以再发。</translation>
    </message>
    <message>
        <source>The database is gone from its place and could not be written anew, so nothing is sent. Make its folder writable again, or copy your text away before you quit.</source>
        <translation>数据文件不在原来的位置了，也无法重新写入，所以什么都不会发送。请让它所在的文件夹恢复可写，或在退出前把文字复制出来。</translation>
    </message>
    <message>
        <source>The disk is full: {folder}. Free some space, then start again.</source>
        <translation>磁盘已满：{folder}。请腾出一些空间，然后重新启动。</translation>
    </message>
    <message>
        <source>The folder {folder} may only be read. Allow this program to write to it, or use another one.</source>
        <translation>文件夹 {folder} 只能读取，不能写入。请允许本程序写入，或换一个文件夹。</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be created. Use another one.</source>
        <translation>无法创建文件夹 {folder}。请换一个文件夹。</translation>
    </message>
    <message>
        <source>It cannot be told whether DingComposer is already open with the folder {folder}: its drive answers no question about locks. Use a folder on this computer.</source>
        <translation>无法判断是否已有 DingComposer 在使用文件夹 {folder}：它所在的磁盘对文件锁没有回复。请使用这台电脑上的文件夹。</translation>
    </message>
    <message>
        <source>Its window does not answer. Wait a moment, or end it.</source>
        <translation>它的窗口没有反应。请稍等片刻，或结束它。</translation>
    </message>
    <message>
        <source>Its window does not answer. Wait a moment, or end it (process {process}).</source>
        <translation>它的窗口没有反应。请稍等片刻，或结束它（进程 {process}）。</translation>
    </message>
    <message>
        <source>For another folder, start it with: --data-dir FOLDER</source>
        <translation>换文件夹的方法：启动时加上 --data-dir 文件夹路径</translation>
    </message>
    <message>
        <source>In the folder {folder} stands something called dingcomposer.lock that is no file. Move it away, then start again.</source>
        <translation>文件夹 {folder} 中名为 dingcomposer.lock 的项目不是文件。请把它移走，然后重新启动。</translation>
    </message>
    <message>
        <source>DingComposer is already open with this data folder.</source>
        <translation>DingComposer 已在使用这个数据文件夹。</translation>
    </message>
    <message>
        <source>This computer cannot keep passwords: it has no password store. Webhooks and secrets hold until you quit, then they are asked for again.</source>
        <translation>这台电脑无法保存密码（没有系统密码库）。Webhook 和密钥只保留到退出为止，之后需要重新粘贴。</translation>
    </message>
    <message>
        <source>The password store is locked. Unlock it, then try again.</source>
        <translation>系统密码库已锁定。请解锁后再试。</translation>
    </message>
    <message>
        <source>The password store refused access. Nothing in it was changed.</source>
        <translation>系统密码库拒绝访问，里面的内容没有变。</translation>
    </message>
    <message>
        <source>The password store did not answer. It may be waiting for a password in another window.</source>
        <translation>系统密码库没有反应，可能在另一个窗口等你输入密码。</translation>
    </message>
    <message>
        <source>The password store failed. Nothing in it was changed.</source>
        <translation>系统密码库出错，里面的内容没有变。</translation>
    </message>
    <message>
        <source>Too many files and connections are open on this computer to open another (no handles are left). Close other programs, or start this one anew, then try again.</source>
        <translation>这台电脑打开的文件和连接太多，无法再打开新文件。请关闭其他程序，或重新启动本程序，然后再试。</translation>
    </message>
    <message>
        <source>To go back to this version: {copy} beside it holds everything as it was before the update. Move {file} elsewhere and give the copy its name. What was written since is not in it.</source>
        <translation>要回到这个版本：旁边的 {copy} 保存着更新前的全部内容。把 {file} 移到别处，再把这份副本改成它的名字。更新后写入的内容不在其中。</translation>
    </message>
</context>
<context>
    <name>KeywordDialog</name>
    <message>
        <source>Insert the keyword</source>
        <translation>插入关键词</translation>
    </message>
    <message>
        <source>Where should “{keyword}” stand?</source>
        <translation>关键词“{keyword}”放在哪里？</translation>
    </message>
    <message>
        <source>The message then reads:</source>
        <translation>消息会变成：</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>插入</translation>
    </message>
    <message>
        <source>A closing line</source>
        <translation>末尾单独一行</translation>
    </message>
    <message>
        <source>A line at the top</source>
        <translation>开头单独一行</translation>
    </message>
    <message>
        <source>The first title</source>
        <translation>第一条的标题</translation>
    </message>
    <message>
        <source>The title (DingTalk may not count it there)</source>
        <translation>标题里（钉钉不一定算数）</translation>
    </message>
</context>
<context>
    <name>Kinds</name>
    <message>
        <source>Plain text; can mention people</source>
        <translation>纯文本，可以 @ 成员</translation>
    </message>
    <message>
        <source>Write what the group should read.</source>
        <translation>写下要发到群里的内容。</translation>
    </message>
    <message>
        <source>A title, a few words and a picture that open a page</source>
        <translation>标题、摘要和配图，点开是网页</translation>
    </message>
    <message>
        <source>The title shows in the conversation list, the text in the group.</source>
        <translation>标题显示在会话列表中，正文显示在群里。</translation>
    </message>
    <message>
        <source>A card with one button; a click anywhere opens its link</source>
        <translation>只有一个按钮的卡片，点哪里都能跳转（钉钉叫“整体跳转”）</translation>
    </message>
    <message>
        <source>Some text, and one button below it that says where it leads.</source>
        <translation>写正文，再填一个按钮。钉钉叫它“整体跳转”。</translation>
    </message>
    <message>
        <source>A card with several buttons, each with its own link</source>
        <translation>有多个按钮的卡片，每个按钮各自跳转（钉钉叫“独立跳转”）</translation>
    </message>
    <message>
        <source>Some text, and a button for each thing readers can do.</source>
        <translation>写正文，再为读者要做的每件事加一个按钮。钉钉叫它“独立跳转”。</translation>
    </message>
    <message>
        <source>Several linked pictures, one below another</source>
        <translation>多条图文，从上到下排列（钉钉叫 FeedCard）</translation>
    </message>
    <message>
        <source>Each item has a title, a picture and a link.</source>
        <translation>每个条目都有标题、图片和链接。钉钉叫它 FeedCard。</translation>
    </message>
    <message>
        <source>What the link opens</source>
        <translation>链接的标题</translation>
    </message>
    <message>
        <source>Give the page a title, a few words and its address.</source>
        <translation>填写标题、几句说明和跳转链接。</translation>
    </message>
    <message>
        <source>Headings, lists, links and pictures; can mention people</source>
        <translation>支持标题、列表、链接和图片，可以 @ 成员</translation>
    </message>
    <message>
        <source>Shown in the conversation list, not in the group</source>
        <translation>显示在会话列表中，群里不显示</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>Jump card</source>
        <translation>单按钮卡片</translation>
    </message>
    <message>
        <source>Button card</source>
        <translation>多按钮卡片</translation>
    </message>
    <message>
        <source>Feed card</source>
        <translation>多图文</translation>
    </message>
    <message>
        <source>everyone</source>
        <translation>所有人</translation>
    </message>
    <message>
        <source>Mentioned: {names}</source>
        <translation>提醒：{names}</translation>
    </message>
    <message>
        <source>(no title)</source>
        <translation>（无标题）</translation>
    </message>
    <message>
        <source>Send this message?</source>
        <translation>要发送这条消息吗？</translation>
    </message>
    <message>
        <source>Kind of message</source>
        <translation>消息类型</translation>
    </message>
    <message>
        <source>View of the message</source>
        <translation>消息的视图</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>表单</translation>
    </message>
    <message>
        <source>Write the message in fields</source>
        <translation>在表单里写消息</translation>
    </message>
    <message>
        <source>Write the message as the JSON that is sent</source>
        <translation>直接写要发送的消息 JSON</translation>
    </message>
</context>
<context>
    <name>LinkFace</name>
    <message>
        <source>(no text)</source>
        <translation>（无正文）</translation>
    </message>
</context>
<context>
    <name>LinkLine</name>
    <message>
        <source>Open in browser</source>
        <translation>在浏览器中打开</translation>
    </message>
    <message>
        <source>On a computer, a plain link in a card opens in DingTalk&apos;s side panel (official). Ticked, DingTalk&apos;s form of the link is sent, which opens the browser on computers (official) and on phones (reported).</source>
        <translation>在电脑上，卡片里的普通链接会在钉钉侧边栏打开（官方）。勾选后发送的是钉钉的专用链接：电脑（官方）和手机（有人实测）都用浏览器打开。</translation>
    </message>
</context>
<context>
    <name>LinkOpener</name>
    <message>
        <source>No address is written there yet</source>
        <translation>这里还没有填写地址</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>The system has no program that opens this address</source>
        <translation>系统里没有能打开这个地址的程序</translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation>复制文字</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>复制地址</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>As written: {link}</source>
        <translation>原始写法：{link}</translation>
    </message>
    <message>
        <source>A button that posts</source>
        <translation>点击后会发言的按钮</translation>
    </message>
    <message>
        <source>Where this leads</source>
        <translation>链接指向</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>（空）</translation>
    </message>
    <message>
        <source>DingTalk opens it in the reader&apos;s browser.</source>
        <translation>钉钉会用读者的浏览器打开它。</translation>
    </message>
    <message>
        <source>On a PC, DingTalk opens it at the side of the chat.</source>
        <translation>在电脑上，钉钉会在聊天侧边打开它。</translation>
    </message>
    <message>
        <source>DingTalk decides where to open it.</source>
        <translation>由钉钉决定在哪里打开它。</translation>
    </message>
    <message>
        <source>A click posts this text into the chat, in the reader&apos;s name. Nothing is opened.</source>
        <translation>点击后，这段文字会以读者的名义发到群里，不会打开网页。</translation>
    </message>
    <message>
        <source>It may not work for every reader.</source>
        <translation>不一定对每位读者都有效。</translation>
    </message>
</context>
<context>
    <name>LinkPopover</name>
    <message>
        <source>Address</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>插入</translation>
    </message>
    <message>
        <source>Others cannot open a file of this computer: put it online first.</source>
        <translation>别人打不开这台电脑上的文件，请先上传到网上。</translation>
    </message>
    <message>
        <source>An address begins with https://</source>
        <translation>网址要以 https:// 开头</translation>
    </message>
</context>
<context>
    <name>ListEditor</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>All branches, for example</source>
        <translation>例如：所有分店</translation>
    </message>
    <message>
        <source>Those that I check, in this order</source>
        <translation>勾选的机器人，按这个顺序</translation>
    </message>
    <message>
        <source>All with the tag</source>
        <translation>带这个标签的全部机器人</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Robots</source>
        <translation>机器人</translation>
    </message>
    <message>
        <source>Stop at the first that does not get it</source>
        <translation>有一个群没发成功就停下</translation>
    </message>
    <message>
        <source>Who is in it</source>
        <translation>成员</translation>
    </message>
    <message>
        <source>Gap</source>
        <translation>间隔</translation>
    </message>
    <message numerus="yes">
        <source>%n chosen</source>
        <translation>
            <numerusform>已选 %n 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chosen; drag one to change the order</source>
        <translation>
            <numerusform>已选 %n 个；拖动可以调整顺序</numerusform>
        </translation>
    </message>
    <message>
        <source>Seconds between two groups</source>
        <translation>群与群之间的秒数</translation>
    </message>
    <message>
        <source>s between two groups; 0: all at once</source>
        <translation>秒（群与群之间）；0 表示同时发送</translation>
    </message>
    <message>
        <source>Choose a tag, or write a new one</source>
        <translation>选一个标签，或写个新的</translation>
    </message>
</context>
<context>
    <name>Lists</name>
    <message>
        <source>Delete a list</source>
        <translation>删除列表</translation>
    </message>
    <message>
        <source>Delete the list {name}?</source>
        <translation>删除列表“{name}”？</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Its robots stay, and so does what was sent to them.</source>
        <translation>里面的机器人和发送记录都会保留。</translation>
    </message>
    <message>
        <source>One group after the other.</source>
        <translation>逐个群依次发送。</translation>
    </message>
    <message>
        <source>{gap} between two of them, so that it takes {time} at least.</source>
        <translation>每两个群间隔 {gap}，至少需要 {time}。</translation>
    </message>
    <message>
        <source>It stops at the first that does not get it.</source>
        <translation>有一个群没发成功就停下。</translation>
    </message>
    <message>
        <source>New in the list since you chose it: {names}.</source>
        <translation>选择列表之后新加入的：{names}。</translation>
    </message>
    <message>
        <source>No longer in the list since you chose it: {names}.</source>
        <translation>选择列表之后移出的：{names}。</translation>
    </message>
    <message>
        <source>Left out, for want of a webhook: {names}.</source>
        <translation>缺少 Webhook，不会发送：{names}。</translation>
    </message>
    <message>
        <source>{names} and {count} more</source>
        <translation>{names} 等，另有 {count} 个</translation>
    </message>
</context>
<context>
    <name>ListsDialog</name>
    <message>
        <source>Lists of robots</source>
        <translation>机器人列表</translation>
    </message>
    <message>
        <source>Lists</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>A list is a target like a robot: aim a message at it, and each group in it gets the message, after one question. Make the first list with the button at the left.</source>
        <translation>列表和机器人一样可以作为发送目标：选中它，确认一次，里面的每个群都会收到消息。点左边的按钮，新建第一个列表。</translation>
    </message>
    <message>
        <source>+ New list</source>
        <translation>+ 新建列表</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>New list</source>
        <translation>新列表</translation>
    </message>
    <message>
        <source>A list needs a name.</source>
        <translation>请给列表起个名称。</translation>
    </message>
    <message>
        <source>Two lists are called {name}.</source>
        <translation>有两个列表都叫“{name}”。</translation>
    </message>
    <message>
        <source>A robot is called {name} already.</source>
        <translation>已经有机器人叫“{name}”。</translation>
    </message>
    <message>
        <source>Close without saving</source>
        <translation>不保存就关闭</translation>
    </message>
    <message>
        <source>Close without saving what you entered?</source>
        <translation>不保存所填的内容就关闭？</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>A gap is 0 to {most} seconds.</source>
        <translation>间隔是 0 到 {most} 秒。</translation>
    </message>
    <message>
        <source>Choose the tag.</source>
        <translation>请选择标签。</translation>
    </message>
</context>
<context>
    <name>ListsModel</name>
    <message>
        <source>Nobody is in it.</source>
        <translation>里面还没有机器人。</translation>
    </message>
    <message>
        <source>the message is for this list</source>
        <translation>消息发送到这个列表</translation>
    </message>
    <message>
        <source>No group in it has a webhook.</source>
        <translation>里面的群都没有 Webhook。</translation>
    </message>
</context>
<context>
    <name>ListsPanel</name>
    <message>
        <source>Lists of robots</source>
        <translation>机器人列表</translation>
    </message>
    <message>
        <source>Lists</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>Edit the lists</source>
        <translation>编辑列表</translation>
    </message>
    <message>
        <source>Aim the message here</source>
        <translation>消息发送到这里</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>编辑…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Write</source>
        <translation>写消息</translation>
    </message>
    <message>
        <source>History</source>
        <translation>发送记录</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>沙箱</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>{group} — DingComposer</source>
        <translation>{group} — DingComposer</translation>
    </message>
    <message>
        <source>Schedules</source>
        <translation>定时</translation>
    </message>
</context>
<context>
    <name>MentionCompleter</name>
    <message>
        <source>Contacts</source>
        <translation>联系人</translation>
    </message>
    <message>
        <source>department</source>
        <translation>部门</translation>
    </message>
    <message>
        <source>team</source>
        <translation>团队</translation>
    </message>
    <message numerus="yes">
        <source>%n person(s)</source>
        <translation>
            <numerusform>%n 人</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MentionsRow</name>
    <message>
        <source>A message can mention {most} people. The rest stay in the field: remove some, or send a second message.</source>
        <translation>一条消息最多 @ {most} 人，其余的留在输入框里。请移除一些，或另发一条消息。</translation>
    </message>
    <message>
        <source>Nobody, or more than one, of the contacts is called {name}.</source>
        <translation>联系人中没有叫“{name}”的人，或者不止一个。</translation>
    </message>
    <message>
        <source>@everyone</source>
        <translation>@所有人</translation>
    </message>
    <message>
        <source>Mention everyone</source>
        <translation>@所有人</translation>
    </message>
    <message>
        <source>Mentioned people</source>
        <translation>已 @ 的成员</translation>
    </message>
    <message>
        <source>Add people to mention</source>
        <translation>添加要 @ 的成员</translation>
    </message>
    <message>
        <source>Name, mobile or user ID, then Enter</source>
        <translation>姓名、手机号或 userId，按回车键添加</translation>
    </message>
    <message>
        <source>A number abroad with its code and a dash: +852-12345678</source>
        <translation>境外号码带国际区号和短横线：+852-12345678</translation>
    </message>
    <message>
        <source>Put into the text</source>
        <translation>插入正文</translation>
    </message>
    <message>
        <source>Put the missing mentions into the text</source>
        <translation>把缺少的 @ 插入正文</translation>
    </message>
    <message>
        <source>Mentions</source>
        <translation>@ 成员</translation>
    </message>
    <message numerus="yes">
        <source>%n of them not in the text: may not be notified.</source>
        <translation>
            <numerusform>有 %n 人没有写进正文，可能收不到提醒。</numerusform>
        </translation>
    </message>
    <message>
        <source>{team} was not added: it has {count} people, {here} are mentioned already, and a message can mention {most}. Send it a message of its own.</source>
        <translation>没有加入“{team}”：它有 {count} 人，已 @ {here} 人，而一条消息最多 @ {most} 人。请另发一条消息给这个团队。</translation>
    </message>
</context>
<context>
    <name>MissedDialog</name>
    <message>
        <source>Not sent</source>
        <translation>未发出</translation>
    </message>
    <message>
        <source>These were due while nothing ran that could send them, or on a day of which nobody knows whether it is worked. Nothing is sent late by itself.</source>
        <translation>到点时没有程序在运行，或者不知道那天上不上班。过了点的不会自己补发。</translation>
    </message>
    <message>
        <source>Decide later</source>
        <translation>以后再说</translation>
    </message>
    <message>
        <source>Send now…</source>
        <translation>现在发送…</translation>
    </message>
    <message>
        <source>It is sent once; the other times are left.</source>
        <translation>只发一次，其余几次不补。</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>不发了</translation>
    </message>
    <message numerus="yes">
        <source>{times}, and %n time(s) before</source>
        <translation>
            <numerusform>{times}，以及更早的 %n 次</numerusform>
        </translation>
    </message>
    <message>
        <source>Is that day worked? {times}</source>
        <translation>那天上班吗？{times}</translation>
    </message>
    <message>
        <source>Missed: {times}</source>
        <translation>错过：{times}</translation>
    </message>
</context>
<context>
    <name>MissingRow</name>
    <message>
        <source>Webhook of {name}</source>
        <translation>“{name}”的 Webhook</translation>
    </message>
    <message>
        <source>It checks signatures: paste its SEC… secret too.</source>
        <translation>机器人开启了加签，请一并粘贴 SEC 开头的密钥。</translation>
    </message>
</context>
<context>
    <name>MissingWebhooksDialog</name>
    <message>
        <source>Webhooks to paste</source>
        <translation>补充 Webhook</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>以后再填</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message numerus="yes">
        <source>%n robot(s) cannot send yet</source>
        <translation>
            <numerusform>%n 个机器人暂时无法发送</numerusform>
        </translation>
    </message>
    <message>
        <source>Paste at least one webhook.</source>
        <translation>请至少粘贴一个 Webhook。</translation>
    </message>
    <message numerus="yes">
        <source>%n can wait for later.</source>
        <translation>
            <numerusform>还有 %n 个可以以后再填。</numerusform>
        </translation>
    </message>
    <message>
        <source>{name}: {why}</source>
        <translation>{name}：{why}</translation>
    </message>
</context>
<context>
    <name>MonthModel</name>
    <message numerus="yes">
        <source>+ %n more</source>
        <translation>
            <numerusform>还有 %n 条</numerusform>
        </translation>
    </message>
    <message>
        <source>off</source>
        <translation>休</translation>
    </message>
    <message>
        <source>worked</source>
        <translation>班</translation>
    </message>
</context>
<context>
    <name>MonthView</name>
    <message>
        <source>Month</source>
        <translation>月历</translation>
    </message>
</context>
<context>
    <name>NetworkSection</name>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>The system&apos;s proxy</source>
        <translation>系统代理</translation>
    </message>
    <message>
        <source>No proxy</source>
        <translation>不用代理</translation>
    </message>
    <message>
        <source>A proxy of this robot</source>
        <translation>此机器人专用的代理</translation>
    </message>
    <message>
        <source>Address of the proxy</source>
        <translation>代理地址</translation>
    </message>
    <message>
        <source>For example http://10.0.0.1:8080</source>
        <translation>例如 http://10.0.0.1:8080</translation>
    </message>
    <message>
        <source>User name at the proxy</source>
        <translation>代理用户名</translation>
    </message>
    <message>
        <source>User name, if the proxy asks for one</source>
        <translation>用户名（代理需要时填写）</translation>
    </message>
    <message>
        <source>Password at the proxy</source>
        <translation>代理密码</translation>
    </message>
    <message>
        <source>Password, if the proxy asks for one</source>
        <translation>密码（代理需要时填写）</translation>
    </message>
    <message>
        <source>Trusted certificates</source>
        <translation>信任的证书</translation>
    </message>
    <message>
        <source>The system&apos;s trust store</source>
        <translation>系统信任的证书</translation>
    </message>
    <message>
        <source>Mozilla&apos;s list, which is included</source>
        <translation>自带的 Mozilla 证书列表</translation>
    </message>
    <message>
        <source>A CA file of this robot</source>
        <translation>此机器人专用的 CA 证书文件</translation>
    </message>
    <message>
        <source>The file that the environment names</source>
        <translation>环境变量指定的文件</translation>
    </message>
    <message>
        <source>Path of the CA file</source>
        <translation>CA 证书文件的路径</translation>
    </message>
    <message>
        <source>Path of a PEM file</source>
        <translation>PEM 文件的路径</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose the CA file</source>
        <translation>选择 CA 证书文件</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>Choose a CA file</source>
        <translation>选择 CA 证书文件</translation>
    </message>
    <message>
        <source>The system names no proxy.</source>
        <translation>系统没有设置代理。</translation>
    </message>
    <message>
        <source>{scheme}: {proxy}</source>
        <translation>{scheme}：{proxy}</translation>
    </message>
    <message>
        <source>The system names {proxies}. That is not obeyed.</source>
        <translation>系统设置的代理是 {proxies}，这里不采用。</translation>
    </message>
    <message>
        <source>The system names {proxies}.</source>
        <translation>系统设置的代理是 {proxies}。</translation>
    </message>
    <message>
        <source>Not for: {hosts}.</source>
        <translation>以下地址除外：{hosts}。</translation>
    </message>
    <message>
        <source>The environment names none, so the system&apos;s trust store is used.</source>
        <translation>环境变量没有指定文件，因此使用系统信任的证书。</translation>
    </message>
    <message>
        <source>{variable} names {path}. That is not obeyed.</source>
        <translation>{variable} 指定了 {path}，这里不采用。</translation>
    </message>
    <message>
        <source>{variable} names {path}.</source>
        <translation>{variable} 指定了 {path}。</translation>
    </message>
</context>
<context>
    <name>NewPassphrase</name>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>再输一遍</translation>
    </message>
    <message>
        <source>The two passphrases differ.</source>
        <translation>两次输入的口令不一致。</translation>
    </message>
    <message>
        <source>Type the passphrase a second time.</source>
        <translation>请再输入一遍口令。</translation>
    </message>
    <message>
        <source>Nobody can open the file without it, and nobody can find it again.</source>
        <translation>没有口令谁也打不开这个文件，忘了也找不回来。</translation>
    </message>
</context>
<context>
    <name>OrientationRow</name>
    <message>
        <source>Stacked</source>
        <translation>上下排列</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>左右并排</translation>
    </message>
    <message>
        <source>Layout of the buttons</source>
        <translation>按钮排列</translation>
    </message>
    <message>
        <source>Side by side works with exactly two buttons only; otherwise they are stacked.</source>
        <translation>正好两个按钮时才能左右并排，否则上下排列。</translation>
    </message>
</context>
<context>
    <name>OutcomeLines</name>
    <message numerus="yes">
        <source>%n more; the history has them all</source>
        <translation>
            <numerusform>还有 %n 个群，发送记录里都有</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutcomePanel</name>
    <message>
        <source>What does this mean?</source>
        <translation>这是什么意思？</translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message>
        <source>This month</source>
        <translation>本月</translation>
    </message>
    <message>
        <source>12 months</source>
        <translation>12 个月</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>&lt; 0.1 %</source>
        <translation>&lt; 0.1%</translation>
    </message>
    <message>
        <source>{share} %</source>
        <translation>{share}%</translation>
    </message>
    <message>
        <source>{count} messages</source>
        <translation>{count} 条消息</translation>
    </message>
    <message>
        <source>No message in this time yet</source>
        <translation>这段时间还没有消息</translation>
    </message>
    <message>
        <source>{name}: {count} of {total} messages ({share})</source>
        <translation>{name}：{total} 条消息中的 {count} 条（{share}）</translation>
    </message>
    <message>
        <source>Messages a day</source>
        <translation>每天的消息数</translation>
    </message>
    <message>
        <source>Messages a month</source>
        <translation>每月的消息数</translation>
    </message>
    <message>
        <source>{title}, by Beijing time</source>
        <translation>{title}（北京时间）</translation>
    </message>
    <message>
        <source>ddd d MMM yyyy</source>
        <translation>ddd yyyy 年 M 月 d 日</translation>
    </message>
    <message>
        <source>{day}: {count} messages</source>
        <translation>{day}：{count} 条消息</translation>
    </message>
    <message>
        <source>MMMM yyyy</source>
        <translation>yyyy 年 M 月</translation>
    </message>
    <message>
        <source>Calls this month: {calls} of {limit}</source>
        <translation>本月调用：{calls} / {limit}</translation>
    </message>
    <message>
        <source>{count} messages; older ones are still being counted</source>
        <translation>{count} 条消息，更早的还在统计</translation>
    </message>
</context>
<context>
    <name>OverviewPanel</name>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>Outcomes</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Most frequent causes</source>
        <translation>最常见的原因</translation>
    </message>
    <message>
        <source>Robots by use</source>
        <translation>用得最多的机器人</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Port of the sandbox</source>
        <translation>沙箱端口</translation>
    </message>
    <message>
        <source>Keep token and secret of the sandbox</source>
        <translation>保留沙箱的 Token 和密钥</translation>
    </message>
    <message>
        <source>{menu}: {choice}</source>
        <translation>{menu}：{choice}</translation>
    </message>
    <message>
        <source>on</source>
        <translation>已开启</translation>
    </message>
    <message>
        <source>off</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>Robot</source>
        <translation>机器人</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Mention {name}</source>
        <translation>@ {name}</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>联系人</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>List of robots</source>
        <translation>机器人列表</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>定时</translation>
    </message>
</context>
<context>
    <name>PalettePanel</name>
    <message>
        <source>Command palette</source>
        <translation>命令面板</translation>
    </message>
    <message>
        <source>An action, a robot, a draft, a person or a setting: a few letters, or pinyin</source>
        <translation>操作、机器人、草稿、联系人或设置：输入几个字、拼音或英文</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>查找结果</translation>
    </message>
    <message>
        <source>Nothing is called so.</source>
        <translation>没有找到。</translation>
    </message>
</context>
<context>
    <name>PartsController</name>
    <message>
        <source>Choose a group first</source>
        <translation>请先选择群</translation>
    </message>
    <message>
        <source>This message cannot be sent in parts.</source>
        <translation>这条消息不能分成几条发送。</translation>
    </message>
    <message>
        <source>There is no part left that could be sent again.</source>
        <translation>没有可以补发的部分了。</translation>
    </message>
</context>
<context>
    <name>PartsDialog</name>
    <message>
        <source>Send in parts</source>
        <translation>分条发送</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>分条</translation>
    </message>
    <message>
        <source>Part {number}: {bytes} bytes</source>
        <translation>第 {number} 条：{bytes} 字节</translation>
    </message>
    <message>
        <source>The message as the group will see it</source>
        <translation>群里看到的消息</translation>
    </message>
    <message numerus="yes">
        <source>Send %n part(s) to {group}</source>
        <translation>
            <numerusform>分 %n 条发到“{group}”</numerusform>
        </translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message numerus="yes">
        <source>DingTalk takes no message of this length. These %n part(s) go out one after the other, each with its number; where one fails, those that still wait are held back.</source>
        <translation>
            <numerusform>消息太长，钉钉不接收。会分成 %n 条依次发送，每条都带编号；有一条没发成功，还在排队的就不再发送。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PassphraseDialog</name>
    <message>
        <source>A sealed file</source>
        <translation>加密的文件</translation>
    </message>
    <message>
        <source>{file} is sealed. Give the passphrase that it was sealed with.</source>
        <translation>{file} 已加密。请输入加密时用的口令。</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>正在打开…</translation>
    </message>
</context>
<context>
    <name>PastDialog</name>
    <message>
        <source>Drafts</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Robot</source>
        <translation>机器人</translation>
    </message>
</context>
<context>
    <name>PasteBar</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>PasteBox</name>
    <message>
        <source>Paste anything</source>
        <translation>粘贴任意内容</translation>
    </message>
    <message>
        <source>This is a message, not a webhook.</source>
        <translation>这是一条消息，不是 Webhook。</translation>
    </message>
    <message>
        <source>webhook</source>
        <translation>Webhook</translation>
    </message>
    <message>
        <source>access token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>signing secret</source>
        <translation>加签密钥</translation>
    </message>
    <message>
        <source>Found: {things}.</source>
        <translation>已识别：{things}。</translation>
    </message>
    <message>
        <source>The message in it was left out: this is about the robot.</source>
        <translation>里面的消息没有采用：这里只填机器人。</translation>
    </message>
    <message>
        <source>The webhook, and the SEC… secret if the robot checks signatures</source>
        <translation>Webhook；如果机器人开启了加签，再粘贴 SEC 开头的密钥</translation>
    </message>
    <message>
        <source>Found in line {line}: {things}.</source>
        <translation>已识别第 {line} 行：{things}。</translation>
    </message>
</context>
<context>
    <name>PasteDialog</name>
    <message>
        <source>Paste anything</source>
        <translation>粘贴任意内容</translation>
    </message>
    <message>
        <source>Paste something else</source>
        <translation>粘贴别的内容</translation>
    </message>
    <message>
        <source>Paste here: a webhook, a command, JSON, code, a template, rows of a sheet</source>
        <translation>粘贴到这里：Webhook、命令、JSON、代码、模板、表格里的行</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>As plain words</source>
        <translation>当普通文字</translation>
    </message>
    <message>
        <source>Put it into the text as it stands, without tokens</source>
        <translation>原样放进正文，去掉 Token</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>采用</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Message: {kind}</source>
        <translation>消息：{kind}</translation>
    </message>
    <message>
        <source>Lines with their headings</source>
        <translation>逐行写出，带上列名</translation>
    </message>
    <message>
        <source>A table, which phones do not draw</source>
        <translation>表格（手机上显示不了）</translation>
    </message>
    <message numerus="yes">
        <source>People: %n</source>
        <translation>
            <numerusform>联系人：%n 位</numerusform>
        </translation>
    </message>
    <message>
        <source>The contacts open with them, to be looked at before they are saved.</source>
        <translation>会打开联系人窗口，看过之后再保存。</translation>
    </message>
    <message numerus="yes">
        <source>%n messages: each that is ticked becomes a draft</source>
        <translation>
            <numerusform>%n 条消息：勾选的每一条各成一份草稿</numerusform>
        </translation>
    </message>
    <message>
        <source>The form of a new robot opens with it. Token and secret go into the password store, and nowhere else.</source>
        <translation>会打开添加机器人的窗口并填好。Token 和密钥只存进系统密码库，不会放到别处。</translation>
    </message>
    <message>
        <source>The form of a new robot opens for each that is ticked, one after the other. Tokens and secrets go into the password store, and nowhere else.</source>
        <translation>勾选的机器人会逐个打开添加窗口并填好。Token 和密钥只存进系统密码库，不会放到别处。</translation>
    </message>
</context>
<context>
    <name>Pasted</name>
    <message>
        <source>There is nothing to read.</source>
        <translation>没有可识别的内容。</translation>
    </message>
    <message>
        <source>This is over 200 KB, far more than a webhook. The clipboard still has it.</source>
        <translation>内容超过 200 KB，Webhook 不会这么长。剪贴板里还有。</translation>
    </message>
    <message>
        <source>This is an answer from the server, not a webhook.</source>
        <translation>这是服务器的回复，不是 Webhook。</translation>
    </message>
    <message>
        <source>This is the robot of another company&apos;s program, not one of DingTalk&apos;s.</source>
        <translation>这是其他软件的机器人，不是钉钉机器人。</translation>
    </message>
    <message>
        <source>This JSON cannot be read.</source>
        <translation>这段 JSON 无法读取。</translation>
    </message>
    <message>
        <source>The old signature was left out: each message gets a fresh one.</source>
        <translation>旧签名没有采用，每条消息都会重新加签。</translation>
    </message>
    <message>
        <source>Other parameters of the address were left out.</source>
        <translation>地址里的其他参数没有采用。</translation>
    </message>
    <message>
        <source>The address does not end in /robot/send as DingTalk&apos;s do.</source>
        <translation>地址不以 /robot/send 结尾，和钉钉的地址不一样。</translation>
    </message>
    <message>
        <source>The address was damaged on its way and has been set right.</source>
        <translation>网址在复制或转发时变了样，已修正。</translation>
    </message>
    <message>
        <source>Where the secret belongs, there is only a placeholder.</source>
        <translation>密钥的位置上只有占位文字。</translation>
    </message>
    <message>
        <source>Signs of HTML, such as &amp;quot;, were read as what they stand for.</source>
        <translation>网页里的转义符号（如 &amp;quot;）已还原。</translation>
    </message>
    <message>
        <source>The command sends a form, which DingTalk cannot read; it was left out.</source>
        <translation>这条命令发送的是表单，钉钉不认，没有采用。</translation>
    </message>
    <message>
        <source>The command would send its message percent-encoded, which DingTalk cannot read.</source>
        <translation>这条命令会把消息转码后再发，钉钉读不懂。</translation>
    </message>
    <message>
        <source>The shell would have removed the quotation marks inside the message.</source>
        <translation>消息里的引号没有转义，命令行会把它们去掉。</translation>
    </message>
    <message>
        <source>The message was not exact JSON and has been set right.</source>
        <translation>消息不是规范的 JSON，已修正。</translation>
    </message>
    <message>
        <source>The message contains variables of the script, which nobody has filled in.</source>
        <translation>消息里有脚本变量，还没有填上内容。</translation>
    </message>
    <message>
        <source>Another program&apos;s token or secret was left out.</source>
        <translation>其他程序的 Token 或密钥没有采用。</translation>
    </message>
    <message>
        <source>It contains several messages; the first one was taken.</source>
        <translation>里面有好几条消息，只取了第一条。</translation>
    </message>
    <message>
        <source>The server&apos;s answer below it was left out.</source>
        <translation>后面服务器的回复没有采用。</translation>
    </message>
    <message>
        <source>The people whom the address would mention were left out.</source>
        <translation>网址里要 @ 的人没有采用。</translation>
    </message>
    <message>
        <source>This message is written for WeCom&apos;s robots.</source>
        <translation>这条消息是按企业微信机器人的格式写的。</translation>
    </message>
    <message>
        <source>This message is written for Feishu&apos;s robots.</source>
        <translation>这条消息是按飞书机器人的格式写的。</translation>
    </message>
    <message>
        <source>The message in it is not JSON and was left out.</source>
        <translation>里面的消息不是 JSON，没有采用。</translation>
    </message>
    <message>
        <source>The command&apos;s message is in a file, in a variable or in another program, and was left out.</source>
        <translation>命令的消息在文件、变量或别的程序里，没有采用。</translation>
    </message>
    <message>
        <source>nothing is there</source>
        <translation>什么都没有</translation>
    </message>
    <message>
        <source>it ends in the middle</source>
        <translation>没写完就结束了</translation>
    </message>
    <message>
        <source>a quotation mark is never closed</source>
        <translation>有引号没有成对</translation>
    </message>
    <message>
        <source>a value is missing</source>
        <translation>这里少一个值</translation>
    </message>
    <message>
        <source>a name in quotation marks is missing</source>
        <translation>这里少一个带引号的名称</translation>
    </message>
    <message>
        <source>a colon is missing</source>
        <translation>这里少一个冒号</translation>
    </message>
    <message>
        <source>a comma is missing</source>
        <translation>这里少一个逗号</translation>
    </message>
    <message>
        <source>too many brackets are nested</source>
        <translation>括号嵌套太深</translation>
    </message>
    <message>
        <source>something stands behind its end</source>
        <translation>结尾后面还有别的内容</translation>
    </message>
    <message>
        <source>line ends within a text</source>
        <translation>文字里直接换行</translation>
    </message>
    <message>
        <source>single quotation marks</source>
        <translation>单引号</translation>
    </message>
    <message>
        <source>typographic quotation marks</source>
        <translation>中文引号</translation>
    </message>
    <message>
        <source>full-width commas or colons</source>
        <translation>全角逗号或冒号</translation>
    </message>
    <message>
        <source>comments</source>
        <translation>注释</translation>
    </message>
    <message>
        <source>a comma at the end</source>
        <translation>末尾多余的逗号</translation>
    </message>
    <message>
        <source>names without quotation marks</source>
        <translation>没加引号的名称</translation>
    </message>
    <message>
        <source>True, False or None</source>
        <translation>True、False 或 None</translation>
    </message>
    <message>
        <source>backslashes without a meaning</source>
        <translation>无意义的反斜杠</translation>
    </message>
    <message>
        <source>variables in place of values</source>
        <translation>以变量代替的值</translation>
    </message>
    <message>
        <source>the same name twice: the last one holds</source>
        <translation>名称重复，以最后一个为准</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: {reason}.</source>
        <translation>第 {line} 行第 {column} 列：{reason}。</translation>
    </message>
    <message>
        <source>Set right: {things}.</source>
        <translation>已修正：{things}。</translation>
    </message>
    <message>
        <source>Not used: {things}.</source>
        <translation>没有用到：{things}。</translation>
    </message>
    <message>
        <source>Not used: {things} and more.</source>
        <translation>没有用到：{things} 等。</translation>
    </message>
    <message>
        <source>It contains invisible control characters. Copy it again.</source>
        <translation>里面有看不见的控制字符，请重新复制。</translation>
    </message>
    <message>
        <source>This address cannot be read.</source>
        <translation>看不懂这个地址。</translation>
    </message>
    <message>
        <source>This contains two different secrets. Paste one robot at a time.</source>
        <translation>里面有两个不同的密钥，请一次只粘贴一个机器人。</translation>
    </message>
    <message>
        <source>This contains two different addresses. Paste one robot at a time.</source>
        <translation>里面有两个不同的地址，请一次只粘贴一个机器人。</translation>
    </message>
    <message>
        <source>A quotation mark in the command is never closed. Copy the whole command.</source>
        <translation>命令里的引号没有成对，请复制完整的命令。</translation>
    </message>
    <message>
        <source>White space around the secret was removed.</source>
        <translation>已去掉密钥前后的空格。</translation>
    </message>
    <message>
        <source>Without encryption, others could read the webhook on its way: use https://</source>
        <translation>没有加密，Webhook 在路上可能被人看到，请使用 https://</translation>
    </message>
    <message>
        <source>The address is not complete: access_token=… is missing.</source>
        <translation>地址不完整，缺少 access_token=… 这一段。</translation>
    </message>
    <message>
        <source>The webhook is damaged or not complete. Copy it again in one piece.</source>
        <translation>Webhook 已损坏或不完整，请重新完整复制。</translation>
    </message>
    <message>
        <source>This contains two different webhooks. Paste one robot at a time.</source>
        <translation>里面有两个不同的 Webhook，请一次只粘贴一个机器人。</translation>
    </message>
    <message>
        <source>It is not complete: access_token=… is missing.</source>
        <translation>不完整，缺少 access_token=… 这一段。</translation>
    </message>
    <message>
        <source>The webhook was damaged on its way and has been set right.</source>
        <translation>Webhook 在复制或转发时变了样，已修正。</translation>
    </message>
    <message>
        <source>No webhook and no secret was found in this.</source>
        <translation>没有识别到 Webhook 或密钥。</translation>
    </message>
    <message>
        <source>underlining</source>
        <translation>下划线</translation>
    </message>
    <message>
        <source>struck words</source>
        <translation>删除线</translation>
    </message>
    <message>
        <source>highlighting</source>
        <translation>突出显示</translation>
    </message>
    <message>
        <source>sizes of letters</source>
        <translation>字号</translation>
    </message>
    <message>
        <source>raised or lowered letters</source>
        <translation>上标和下标</translation>
    </message>
    <message>
        <source>pictures without a public address</source>
        <translation>没有公网地址的图片</translation>
    </message>
    <message>
        <source>links to files or mail addresses</source>
        <translation>指向文件或邮箱的链接</translation>
    </message>
    <message>
        <source>merged cells</source>
        <translation>合并的单元格</translation>
    </message>
    <message>
        <source>films and sounds</source>
        <translation>视频和音频</translation>
    </message>
    <message>
        <source>code on phones</source>
        <translation>手机上的代码块</translation>
    </message>
    <message>
        <source>DingTalk cannot show: {things}.</source>
        <translation>钉钉显示不了：{things}。</translation>
    </message>
    <message>
        <source>A group robot cannot send a picture itself, only show one that has a public address: put it where everyone can reach it, such as the company&apos;s file store, and insert its address.</source>
        <translation>群机器人不能直接发送图片，只能显示有公网地址的图片：请先把图片上传到大家都能访问的地方（如公司的文件存储），再插入它的地址。</translation>
    </message>
    <message>
        <source>nothing follows this comma</source>
        <translation>这个逗号后面没有内容</translation>
    </message>
    <message>
        <source>a line ends within a text; \n belongs there</source>
        <translation>文字里直接换了行，应写成 \n</translation>
    </message>
    <message>
        <source>a tab or a control character within a text</source>
        <translation>文字里有制表符或控制字符</translation>
    </message>
    <message>
        <source>a backslash without a meaning; \\ is one</source>
        <translation>这个反斜杠没有含义，反斜杠本身要写成 \\</translation>
    </message>
    <message>
        <source>a quotation mark that is not &quot;</source>
        <translation>引号不是英文双引号 &quot;</translation>
    </message>
    <message>
        <source>a full-width sign of the input method</source>
        <translation>输入法打出的全角符号</translation>
    </message>
    <message>
        <source>a comment, which JSON has none of</source>
        <translation>JSON 里不能写注释</translation>
    </message>
    <message>
        <source>The secret was damaged on its way and has been set right.</source>
        <translation>密钥在复制或转发时变了样，已修正。</translation>
    </message>
    <message>
        <source>It holds more messages than are read at once: 100. Paste the rest by itself.</source>
        <translation>里面的消息太多，一次最多读 100 条，其余的请另外粘贴。</translation>
    </message>
    <message>
        <source>It is not plain whose a signing secret is: enter it in the robot&apos;s form.</source>
        <translation>看不出加签密钥是哪个机器人的：请在机器人的窗口里填写。</translation>
    </message>
</context>
<context>
    <name>Pasting</name>
    <message>
        <source>From the clipboard</source>
        <translation>来自剪贴板</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>This is more than words</source>
        <translation>这不只是文字</translation>
    </message>
    <message>
        <source>This holds the token or the secret of a robot</source>
        <translation>里面有机器人的 Token 或密钥</translation>
    </message>
    <message>
        <source>As pasted here</source>
        <translation>刚粘贴的内容</translation>
    </message>
    <message>
        <source>Open a file</source>
        <translation>打开文件</translation>
    </message>
    <message>
        <source>Taken over. Undo takes it back.</source>
        <translation>已采用，可以撤销。</translation>
    </message>
    <message>
        <source>Opened as a new draft, for no group yet.</source>
        <translation>已作为新草稿打开，还没有选群。</translation>
    </message>
    <message>
        <source>{count} drafts were opened, for no group yet.</source>
        <translation>已打开 {count} 份草稿，还没有选群。</translation>
    </message>
    <message>
        <source>The first {opened} of {count} files</source>
        <translation>{count} 个文件中的前 {opened} 个</translation>
    </message>
    <message>
        <source>{count} files</source>
        <translation>{count} 个文件</translation>
    </message>
    <message>
        <source>{name} is opened as a new draft, for no group yet.</source>
        <translation>{name} 已打开为新草稿，还没选群。</translation>
    </message>
    <message>
        <source>Messages and templates</source>
        <translation>消息和模板</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
</context>
<context>
    <name>Payload</name>
    <message>
        <source>This JSON is no object: a message stands in { }.</source>
        <translation>这段 JSON 不是对象：消息要写在 { } 里。</translation>
    </message>
    <message>
        <source>“{path}” is missing.</source>
        <translation>缺少“{path}”。</translation>
    </message>
    <message>
        <source>“{path}” is of a kind that cannot stand there.</source>
        <translation>“{path}”的类型不对。</translation>
    </message>
    <message>
        <source>“{path}” is none that group robots have: text, link, markdown, actionCard or feedCard.</source>
        <translation>“{path}”不是群机器人支持的类型：text、link、markdown、actionCard 或 feedCard。</translation>
    </message>
    <message>
        <source>“{path}” is missing: msgtype says so, but another kind is filled in.</source>
        <translation>缺少“{path}”：msgtype 写的是它，填的却是另一种。</translation>
    </message>
    <message>
        <source>“{path}” is missing: read as empty.</source>
        <translation>缺少“{path}”，按空处理。</translation>
    </message>
    <message>
        <source>“{path}” is left out.</source>
        <translation>“{path}”已略去。</translation>
    </message>
    <message>
        <source>“{path}” is spelt as DingTalk documents it.</source>
        <translation>“{path}”已改成钉钉文档里的写法。</translation>
    </message>
    <message>
        <source>“{path}” has no effect here and is left out.</source>
        <translation>“{path}”在这里不起作用，已略去。</translation>
    </message>
    <message>
        <source>“{path}” is in another letter case, which DingTalk takes for missing: set right.</source>
        <translation>“{path}”大小写不对，钉钉会当作没有，已改正。</translation>
    </message>
    <message>
        <source>“{path}” is none of DingTalk&apos;s keys: it is kept aside.</source>
        <translation>“{path}”不是钉钉的字段，先保留在一旁。</translation>
    </message>
    <message>
        <source>“{path}” belongs to another kind: it is kept aside.</source>
        <translation>“{path}”属于另一种类型，先保留在一旁。</translation>
    </message>
    <message>
        <source>“{path}” stands there twice: one is left out.</source>
        <translation>“{path}”出现了两次，略去一个。</translation>
    </message>
    <message>
        <source>“{path}” is read as the text.</source>
        <translation>“{path}”当作正文读取。</translation>
    </message>
    <message>
        <source>“{path}” is null: read as absent.</source>
        <translation>“{path}”是 null，按没有处理。</translation>
    </message>
    <message>
        <source>“{path}” is a number: read as its digits.</source>
        <translation>“{path}”是数字，按文字读取。</translation>
    </message>
    <message>
        <source>“{path}” is made a list.</source>
        <translation>“{path}”已改成列表。</translation>
    </message>
    <message>
        <source>“{path}” belongs beside the kind, and stands there now.</source>
        <translation>“{path}”应与类型字段并列，已移出来。</translation>
    </message>
    <message>
        <source>“{path}” is read as user IDs.</source>
        <translation>“{path}”当作 userId 读取。</translation>
    </message>
    <message>
        <source>“{path}”: this kind mentions nobody; left out.</source>
        <translation>“{path}”：这种类型不能 @ 人，已略去。</translation>
    </message>
    <message>
        <source>“{path}” is missing: the card has no button yet.</source>
        <translation>缺少“{path}”：卡片还没有按钮。</translation>
    </message>
</context>
<context>
    <name>PersonForm</name>
    <message>
        <source>Name, mobile number or user ID</source>
        <translation>姓名、手机号或 userId</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Delete these…</source>
        <translation>删除这些…</translation>
    </message>
    <message>
        <source>Nothing in the history mentions this person.</source>
        <translation>发送记录里没有提到此人。</translation>
    </message>
    <message>
        <source>Deleted.</source>
        <translation>已删除。</translation>
    </message>
    <message>
        <source>When somebody asks for what is kept about them to be deleted: every message that mentions them or holds their name or number, what else is of the past (closed drafts, earlier versions, rehearsals, tables that were sent), and all backups made so far.</source>
        <translation>有人要求删除与其有关的内容时使用：删除所有提到此人或含其姓名、号码的消息，其他已经过去的内容（已关闭的草稿、草稿的历次版本、试发记录、已发完的表格等），以及此前的全部备份。</translation>
    </message>
</context>
<context>
    <name>Pictures</name>
    <message>
        <source>Loading pictures is turned off</source>
        <translation>已关闭图片加载</translation>
    </message>
    <message>
        <source>No picture yet</source>
        <translation>还没有图片</translation>
    </message>
    <message>
        <source>Uploaded: only DingTalk can show it</source>
        <translation>已上传的图片，只有钉钉能显示</translation>
    </message>
    <message>
        <source>On this computer: the group will not see it</source>
        <translation>图片在这台电脑上，群里看不到</translation>
    </message>
    <message>
        <source>Data in place of an address: the group will not see it</source>
        <translation>是图片数据，不是链接，群里看不到</translation>
    </message>
    <message>
        <source>A space in the address: the group will not see it</source>
        <translation>链接里有空格，群里看不到</translation>
    </message>
    <message>
        <source>In a private network: the group will not see it</source>
        <translation>图片在内网，群里看不到</translation>
    </message>
    <message>
        <source>Neither http nor https: the group will not see it</source>
        <translation>不是 http 或 https 链接，群里看不到</translation>
    </message>
    <message>
        <source>This is no complete address</source>
        <translation>链接还没填完整</translation>
    </message>
    <message>
        <source>A password in the address: not loaded here</source>
        <translation>链接里有密码，这里不加载</translation>
    </message>
    <message>
        <source>The server cannot be reached</source>
        <translation>无法连接服务器</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not trusted</source>
        <translation>服务器证书不受信任</translation>
    </message>
    <message>
        <source>Not there within 10 seconds</source>
        <translation>10 秒内没有加载出来</translation>
    </message>
    <message>
        <source>The server refuses it</source>
        <translation>服务器拒绝访问</translation>
    </message>
    <message>
        <source>There is no picture at this address</source>
        <translation>这个链接上没有图片</translation>
    </message>
    <message>
        <source>The server has a fault</source>
        <translation>服务器出错</translation>
    </message>
    <message>
        <source>The address leads round and round</source>
        <translation>链接来回跳转，打不开</translation>
    </message>
    <message>
        <source>Larger than 10 MB: not loaded here</source>
        <translation>超过 10 MB，这里不加载</translation>
    </message>
    <message>
        <source>More than 40 megapixels: not loaded here</source>
        <translation>超过 4000 万像素，这里不加载</translation>
    </message>
    <message>
        <source>No picture that can be drawn here</source>
        <translation>这里无法显示的图片</translation>
    </message>
    <message>
        <source>Too many pictures at once for a preview</source>
        <translation>图片太多，预览没有全部加载</translation>
    </message>
</context>
<context>
    <name>Pings</name>
    <message>
        <source>May not be pinged, since the text does not hold the @: {names}</source>
        <translation>可能收不到提醒（正文里没有 @ 他们）：{names}</translation>
    </message>
    <message>
        <source>Not pinged, since this kind of message cannot mention anybody: {names}</source>
        <translation>收不到提醒（这种消息不能 @ 人）：{names}</translation>
    </message>
    <message>
        <source>Not pinged, since the text does not hold the @: {names}</source>
        <translation>收不到提醒（正文里没有 @ 他们）：{names}</translation>
    </message>
    <message>
        <source>Not pinged, since it stands in the text only and not among the mentions: {names}</source>
        <translation>收不到提醒（只写在正文里，没有加入 @ 成员）：{names}</translation>
    </message>
    <message>
        <source>Not pinged, since only the name stands behind the @: {names}</source>
        <translation>收不到提醒（@ 后面只有名字）：{names}</translation>
    </message>
    <message>
        <source>Not pinged, since a message can mention {limit} people at most: {names}</source>
        <translation>收不到提醒（一条消息最多提醒 {limit} 人）：{names}</translation>
    </message>
</context>
<context>
    <name>PreviewPanel</name>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>An estimate</source>
        <translation>仅供参考</translation>
    </message>
    <message>
        <source>Drawn after public screenshots of DingTalk; dark was never measured.</source>
        <translation>预览按钉钉的公开截图画成；深色样式是推测的。</translation>
    </message>
    <message>
        <source>Robot</source>
        <translation>机器人</translation>
    </message>
    <message>
        <source>Copy JSON</source>
        <translation>复制 JSON</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>PC</source>
        <translation>电脑</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>手机</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Bubble</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Pop-up</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>An estimate, narrower than in DingTalk</source>
        <translation>仅供参考，比钉钉里窄</translation>
    </message>
    <message>
        <source>As {group} gets it: every group gets its own name</source>
        <translation>{group} 收到的样子，各群显示自己的群名</translation>
    </message>
    <message>
        <source>Every group gets its own name here, as it is sent</source>
        <translation>发送时这里会换成各群自己的群名</translation>
    </message>
</context>
<context>
    <name>ProblemList</name>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Ready to send.</source>
        <translation>可以发送。</translation>
    </message>
    <message>
        <source>No problems found.</source>
        <translation>没有发现问题。</translation>
    </message>
    <message>
        <source>Still to fill in: {fields}</source>
        <translation>还需填写：{fields}</translation>
    </message>
    <message>
        <source>{field}: {sentence}</source>
        <translation>{field}：{sentence}</translation>
    </message>
    <message numerus="yes">
        <source>(and %n more like it)</source>
        <translation>
            <numerusform>（另有 %n 处类似）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n will be refused</source>
        <translation>
            <numerusform>%n 项会被拒绝</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n shown to nobody</source>
        <translation>
            <numerusform>%n 处群里看不到</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to look at</source>
        <translation>
            <numerusform>%n 项要留意</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n worth knowing</source>
        <translation>
            <numerusform>%n 条提示</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n still to fill in</source>
        <translation>
            <numerusform>%n 项待填写</numerusform>
        </translation>
    </message>
    <message>
        <source>Fill in a sample</source>
        <translation>填入示例</translation>
    </message>
</context>
<context>
    <name>ProblemRow</name>
    <message>
        <source>Fix</source>
        <translation>修正</translation>
    </message>
</context>
<context>
    <name>Problems</name>
    <message>
        <source>This must be filled in, or DingTalk refuses the message.</source>
        <translation>必须填写，否则钉钉会拒绝这条消息。</translation>
    </message>
    <message>
        <source>A feed card needs at least one item.</source>
        <translation>多图文至少需要一个条目。</translation>
    </message>
    <message>
        <source>{count} buttons; more than {limit} may not be shown.</source>
        <translation>共 {count} 个按钮；超过 {limit} 个时可能显示不全。</translation>
    </message>
    <message>
        <source>{count} items; with more than {limit}, phones have shown nothing at all.</source>
        <translation>共 {count} 个条目；超过 {limit} 个时，曾有手机上什么都不显示。</translation>
    </message>
    <message>
        <source>On a computer this link opens in DingTalk&apos;s side panel, not in the browser.</source>
        <translation>在电脑上，这个链接会在钉钉侧边栏里打开，不是在浏览器里。</translation>
    </message>
    <message>
        <source>{name} is mentioned twice.</source>
        <translation>{name} 被 @ 了两次。</translation>
    </message>
    <message>
        <source>{name} does not look like a mobile number.</source>
        <translation>{name} 不像手机号。</translation>
    </message>
    <message>
        <source>{name} does not look like a user ID.</source>
        <translation>{name} 不像 userId。</translation>
    </message>
    <message>
        <source>Everyone is named {count} times in the text.</source>
        <translation>正文里写了 {count} 次 @所有人。</translation>
    </message>
    <message>
        <source>A table: computers draw it; phones show its signs as text.</source>
        <translation>表格：电脑上正常；手机上表格会变成一串符号。</translation>
    </message>
    <message>
        <source>Block of code: computers lose its indentation; older phones show its source.</source>
        <translation>代码块：电脑上缩进会丢；旧版手机上会变成一串符号。</translation>
    </message>
    <message>
        <source>Four spaces make this a block of code, on computers and phones; computers lose its indentation.</source>
        <translation>开头空四格会变成代码块，电脑和手机上都这样；电脑上缩进会丢。</translation>
    </message>
    <message>
        <source>HTML inside of code: computers are said to draw it, phones show the code.</source>
        <translation>代码里有 HTML：据说电脑上会当成 HTML 显示，手机上显示代码。</translation>
    </message>
    <message>
        <source>Third level of a list: said to look poor on computers and phones.</source>
        <translation>三级列表：据说在电脑和手机上都不好看。</translation>
    </message>
    <message>
        <source>Task list: said to have no boxes; computers and phones show [ ] and [x].</source>
        <translation>待办列表：据说没有方框，电脑和手机上显示 [ ] 和 [x]。</translation>
    </message>
    <message>
        <source>Dashes right below text: a heading here; on computers and phones perhaps a line. Leave a blank line before them.</source>
        <translation>文字正下方的短横线：这里当作标题；电脑和手机上可能是分割线。请在它前面空一行。</translation>
    </message>
    <message>
        <source>[name]: address: shown as text here; computers and phones may leave out the whole line.</source>
        <translation>[名称]: 地址：这里显示为文字；电脑和手机上可能整行不显示。</translation>
    </message>
    <message>
        <source>The line runs on into the next one: end it with two spaces, or leave a blank line.</source>
        <translation>这一行会和下一行连在一起：请在行尾加两个空格，或空一行。</translation>
    </message>
    <message>
        <source>There is no space after the #, so this is not a heading.</source>
        <translation># 后面没有空格，不会成为标题。</translation>
    </message>
    <message>
        <source>HTML (&lt;{word}&gt;): computers draw it; phones may show an empty message.</source>
        <translation>HTML（&lt;{word}&gt;）：电脑上能显示；手机上可能是一条空消息。</translation>
    </message>
    <message>
        <source>“{word}” may be taken for HTML and vanish; write &amp;lt; for &lt;.</source>
        <translation>“{word}”可能被当成 HTML 而消失；请把 &lt; 写成 &amp;lt;。</translation>
    </message>
    <message>
        <source>&lt;br&gt;: reports differ; computers and phones break the line, or show it as text. End the line with two spaces instead.</source>
        <translation>&lt;br&gt;：说法不一，电脑和手机上可能换行，也可能显示成文字。请改为在行尾加两个空格。</translation>
    </message>
    <message>
        <source>Colour in quotes: computers show it; phones are said to show none. Leave the quotes out.</source>
        <translation>颜色值带引号：电脑上有颜色；据说手机上没有。请去掉引号。</translation>
    </message>
    <message>
        <source>&lt;font&gt; without a colour that can be read: no colour, neither on computers nor on phones.</source>
        <translation>&lt;font&gt; 里没有能识别的颜色：电脑和手机上都没有颜色。</translation>
    </message>
    <message>
        <source>Colour by its name: computers and phones are said to draw numbers such as #FF0000 only. Names such as warning and info are another program&apos;s.</source>
        <translation>颜色写的是名称：据说电脑和手机上只认 #FF0000 这样的写法；warning、info 之类是别家软件的。</translation>
    </message>
    <message>
        <source>&lt;font&gt; and &lt;/font&gt; do not pair up: computers and phones may colour more, or less.</source>
        <translation>&lt;font&gt; 和 &lt;/font&gt; 不成对：电脑和手机上变色的范围可能偏大或偏小。</translation>
    </message>
    <message>
        <source>Stars beside punctuation stay visible here; computers and phones may make the words bold. Put a space beside the stars.</source>
        <translation>标点旁的星号在这里会显示出来；电脑和手机上可能变成粗体。请在星号旁加一个空格。</translation>
    </message>
    <message>
        <source>These stars will turn into emphasis; write \* for a star.</source>
        <translation>这里的星号会变成斜体或粗体；要显示星号，请写成 \*。</translation>
    </message>
    <message>
        <source>“{word}” has underscores that will turn into emphasis; write \_ for them.</source>
        <translation>“{word}”里的下划线会变成斜体或粗体；要显示下划线，请写成 \_。</translation>
    </message>
    <message>
        <source>~~: said to strike nothing through; computers and phones show the signs.</source>
        <translation>~~：据说不会显示删除线，电脑和手机上都显示符号。</translation>
    </message>
    <message>
        <source>Footnote: said not to work; computers and phones show its signs.</source>
        <translation>脚注：据说不起作用，电脑和手机上显示符号。</translation>
    </message>
    <message>
        <source>{word}: said not to work; computers and phones show the code. Use the emoji itself.</source>
        <translation>{word}：据说不起作用，电脑和手机上显示代码。请直接用表情符号。</translation>
    </message>
    <message>
        <source>The address “{word}” has a space in it.</source>
        <translation>链接“{word}”里有空格。</translation>
    </message>
    <message>
        <source>“{word}” is opened without encryption; https is safer.</source>
        <translation>“{word}”没有加密，用 https 更安全。</translation>
    </message>
    <message>
        <source>“{word}” is this computer: nobody else can open it.</source>
        <translation>“{word}”指向这台电脑，别人打不开。</translation>
    </message>
    <message>
        <source>The group cannot load the picture “{word}”. Put it where everybody can open it without logging in (your website, OSS or COS, an image host), and write its https:// address.</source>
        <translation>群里加载不了图片“{word}”。请先上传到不用登录就能打开的地方（官网、OSS 或 COS、图床），再填那里的 https:// 网址。</translation>
    </message>
    <message>
        <source>The picture&apos;s address “{word}” has letters in it that are not percent-encoded: phones are said not to show it.</source>
        <translation>图片的网址“{word}”里有没做网址编码的文字，据说手机上看不到。</translation>
    </message>
    <message>
        <source>The picture&apos;s address “{word}” is valid for a time only: later the group will see nothing.</source>
        <translation>图片链接“{word}”只在一段时间内有效，过期后群里就看不到了。</translation>
    </message>
    <message>
        <source>official</source>
        <translation>官方说明</translation>
    </message>
    <message>
        <source>seen</source>
        <translation>实测</translation>
    </message>
    <message>
        <source>reported</source>
        <translation>有人反馈</translation>
    </message>
    <message>
        <source>claimed</source>
        <translation>据说</translation>
    </message>
    <message>
        <source>inferred</source>
        <translation>推测</translation>
    </message>
    <message>
        <source>{sentence} ({sureness})</source>
        <translation>{sentence}（{sureness}）</translation>
    </message>
    <message>
        <source>dtmd: addresses work in markdown, action cards and feed cards only.</source>
        <translation>dtmd: 链接只在 Markdown、卡片和多图文里有效。</translation>
    </message>
    <message>
        <source>The picture&apos;s address “{word}” has a space in it: phones may not show it.</source>
        <translation>图片链接“{word}”里有空格，手机上可能看不到。</translation>
    </message>
    <message>
        <source>{count} pictures; DingTalk recommends at most {limit}.</source>
        <translation>共 {count} 张图片，钉钉建议不超过 {limit} 张。</translation>
    </message>
    <message>
        <source>{count} keywords; a robot has at most {limit}.</source>
        <translation>共 {count} 个关键词，一个机器人最多 {limit} 个。</translation>
    </message>
    <message>
        <source>A keyword is empty.</source>
        <translation>有一个关键词是空的。</translation>
    </message>
    <message>
        <source>“{address}” is neither an address like 1.1.1.1 nor a range like 1.1.1.0/24.</source>
        <translation>“{address}”既不是 1.1.1.1 这样的地址，也不是 1.1.1.0/24 这样的地址段。</translation>
    </message>
    <message>
        <source>“{address}” is not a public address: DingTalk will never see it.</source>
        <translation>“{address}”不是公网地址，钉钉看不到它。</translation>
    </message>
    <message>
        <source>Paste the robot&apos;s webhook.</source>
        <translation>请粘贴机器人的 Webhook。</translation>
    </message>
    <message>
        <source>The address must begin with https://</source>
        <translation>地址必须以 https:// 开头</translation>
    </message>
    <message>
        <source>There is a space in the address.</source>
        <translation>地址里有空格。</translation>
    </message>
    <message>
        <source>This is not an address.</source>
        <translation>地址还没填完整。</translation>
    </message>
    <message>
        <source>Between {minimum} and {maximum} seconds.</source>
        <translation>范围为 {minimum} 到 {maximum} 秒。</translation>
    </message>
    <message>
        <source>There is white space in the token.</source>
        <translation>Token 里有空格。</translation>
    </message>
    <message>
        <source>There is white space in the secret.</source>
        <translation>密钥里有空格。</translation>
    </message>
    <message>
        <source>Line {line} contains half a character, which cannot be sent. Delete it and type it again.</source>
        <translation>第 {line} 行有不完整的字符，无法发送。请删除后重新输入。</translation>
    </message>
    <message>
        <source>Longer than the {limit} bytes that DingTalk accepts. Shorten it, or send it in two parts.</source>
        <translation>超过钉钉接受的 {limit} 字节。请缩短，或分成两条发送。</translation>
    </message>
    <message>
        <source>Line {line} contains the control character {character}, which nobody can see.</source>
        <translation>第 {line} 行有看不见的控制字符 {character}。</translation>
    </message>
    <message>
        <source>This is documented as required. Whether DingTalk refuses a card without it is not known.</source>
        <translation>文档说这里必填；不填时钉钉是否会拒绝卡片，不清楚。</translation>
    </message>
    <message>
        <source>This field contains only white space.</source>
        <translation>这里只有空格。</translation>
    </message>
    <message>
        <source>A card without buttons: readers have nothing to click. Whether DingTalk refuses it is not known.</source>
        <translation>卡片没有按钮，读者无处可点。钉钉是否会拒绝，不清楚。</translation>
    </message>
    <message>
        <source>The title is what people see in the conversation list; this one says nothing.</source>
        <translation>会话列表里显示的就是标题，这个标题看不出是什么事。</translation>
    </message>
    <message>
        <source>The title is shown as written: markdown signs in it stay visible.</source>
        <translation>标题会原样显示，里面的 Markdown 符号不起作用。</translation>
    </message>
    <message>
        <source>{length} characters; beyond about {limit}, readers may not see all of it.</source>
        <translation>共 {length} 个字符；超过约 {limit} 个时，读者可能看不全。</translation>
    </message>
    <message>
        <source>“{word}” stands here as two signs: the group sees them, and no new line.</source>
        <translation>“{word}”会原样显示成两个字符，群里看到的不是换行。</translation>
    </message>
    <message>
        <source>“{word}” looks like a field of a template that nobody has filled in.</source>
        <translation>“{word}”像是模板里还没有填写的内容。</translation>
    </message>
    <message>
        <source>Line {line} has markdown signs, which a text message shows as written.</source>
        <translation>第 {line} 行有 Markdown 符号，文本消息会原样显示。</translation>
    </message>
    <message>
        <source>Side by side works with exactly two buttons only; there are {count}.</source>
        <translation>正好两个按钮时才能左右并排，现在有 {count} 个。</translation>
    </message>
    <message>
        <source>This robot expects a signature, but its secret is missing. Edit it and paste the secret.</source>
        <translation>这个机器人开启了加签，但缺少密钥。请编辑机器人并粘贴密钥。</translation>
    </message>
    <message>
        <source>The message contains none of the robot&apos;s keywords, such as “{keyword}”.</source>
        <translation>消息里缺少这个群要求的关键词，例如“{keyword}”。</translation>
    </message>
    <message>
        <source>The keyword “{keyword}” appears only in a different letter case; DingTalk may not count that.</source>
        <translation>关键词“{keyword}”的大小写不一样，钉钉可能不认。</translation>
    </message>
    <message>
        <source>The keyword “{keyword}” appears only in the title; DingTalk may not count that.</source>
        <translation>关键词“{keyword}”只出现在标题里，钉钉可能不认。</translation>
    </message>
    <message>
        <source>The keyword “{keyword}” appears only on a button; DingTalk may not count that.</source>
        <translation>关键词“{keyword}”只出现在按钮上，钉钉可能不认。</translation>
    </message>
    <message>
        <source>The keyword “{keyword}” appears only in an address; DingTalk may not count that.</source>
        <translation>关键词“{keyword}”只出现在链接里，钉钉可能不认。</translation>
    </message>
    <message>
        <source>{count} people are mentioned; DingTalk accepts {limit}.</source>
        <translation>@ 了 {count} 人，钉钉最多支持 {limit} 人。</translation>
    </message>
    <message>
        <source>{name} is not in the text, so this person may not be notified.</source>
        <translation>正文里没有 {name}，对方可能收不到提醒。</translation>
    </message>
    <message>
        <source>{name} is in the text but not among the mentions: nobody is notified.</source>
        <translation>正文里有 {name}，但没有加入 @ 成员，谁也不会收到提醒。</translation>
    </message>
    <message>
        <source>“@{name}” is only a name and notifies nobody: DingTalk wants the number, {person}.</source>
        <translation>“@{name}”只是文字，谁也不会收到提醒：钉钉要的是号码 {person}。</translation>
    </message>
    <message>
        <source>“@{name}” is only a name and notifies nobody, and {bearers} contacts are called so: type @ and choose the right one.</source>
        <translation>“@{name}”只是文字，谁也不会收到提醒；叫这个名字的联系人有 {bearers} 位：请输入 @ 后选出是哪一位。</translation>
    </message>
    <message>
        <source>“@{name}” is only a name and notifies nobody: write the mobile number behind the @, or add this person to the contacts.</source>
        <translation>“@{name}”只是文字，谁也不会收到提醒：请在 @ 后面写手机号，或先把此人加进联系人。</translation>
    </message>
    <message>
        <source>“{name}” notifies nobody: DingTalk reads a number without spaces, +86 or other signs.</source>
        <translation>“{name}”提醒不到人：钉钉认的号码不带空格、+86 或其他符号。</translation>
    </message>
    <message>
        <source>{name} looks like a number outside mainland China: write it with a dash, such as +852-12345678.</source>
        <translation>{name} 像是境外号码，请加上短横线，例如 +852-12345678。</translation>
    </message>
    <message>
        <source>Everyone will be notified. Some groups allow this only for the owner and admins.</source>
        <translation>会提醒所有人。有些群只允许群主和管理员这样做。</translation>
    </message>
    <message>
        <source>The address “{word}” lacks https:// at the beginning.</source>
        <translation>链接“{word}”开头缺少 https://。</translation>
    </message>
    <message>
        <source>“{word}” is not a complete address.</source>
        <translation>网址“{word}”还没填完整。</translation>
    </message>
    <message>
        <source>The link still says “{word}”: write what it leads to.</source>
        <translation>链接的文字还是“{word}”：请写清楚点开是什么。</translation>
    </message>
    <message>
        <source>The address of “{word}” contains a user name and password, which the whole group would see.</source>
        <translation>“{word}”的链接里有用户名和密码，全群都能看到。</translation>
    </message>
    <message>
        <source>Addresses that begin with {word}: do not open.</source>
        <translation>以 {word}: 开头的链接无法打开。</translation>
    </message>
    <message>
        <source>Addresses that begin with {word}: may not open.</source>
        <translation>以 {word}: 开头的链接可能无法打开。</translation>
    </message>
    <message>
        <source>Give the robot a name that tells you which group it is.</source>
        <translation>请给机器人起个名称，让人一看就知道是哪个群。</translation>
    </message>
    <message>
        <source>Another robot has this name. Equal names are how messages end up in the wrong group.</source>
        <translation>已有同名的机器人。名称一样，消息就容易发错群。</translation>
    </message>
    <message>
        <source>The keyword “{keyword}” is listed twice.</source>
        <translation>关键词“{keyword}”重复。</translation>
    </message>
    <message>
        <source>“{address}” is an IPv6 address, which DingTalk does not accept.</source>
        <translation>“{address}”是 IPv6 地址，钉钉不支持。</translation>
    </message>
    <message>
        <source>There is a backslash in the address. Programs disagree about where such an address leads.</source>
        <translation>网址里有反斜杠“\”：不同的程序会把它带到不同的地方，不能使用。</translation>
    </message>
    <message>
        <source>Between :// and the next / may stand a host and nothing else, such as oapi.dingtalk.com.</source>
        <translation>“://”和后面第一个“/”之间只能写域名，例如 oapi.dingtalk.com。</translation>
    </message>
    <message>
        <source>The host may hold only the letters a to z, figures, dots and dashes. Letters that look alike can lead elsewhere.</source>
        <translation>域名只能用英文字母、数字、点和短横线。长得像的其他字母可能指向别处。</translation>
    </message>
    <message>
        <source>The port behind the host must be a number from 1 to 65535.</source>
        <translation>域名后面的端口必须是 1 到 65535 的数字。</translation>
    </message>
    <message>
        <source>The address begins with {word}: but must begin with https://</source>
        <translation>地址以 {word}: 开头，必须改为 https://</translation>
    </message>
    <message>
        <source>The address contains a user name and password; remove them.</source>
        <translation>地址里有用户名和密码，请去掉。</translation>
    </message>
    <message>
        <source>Leave out the question mark and everything after it.</source>
        <translation>请去掉问号和后面的内容。</translation>
    </message>
    <message>
        <source>Enter the proxy&apos;s address.</source>
        <translation>请填写代理地址。</translation>
    </message>
    <message>
        <source>A proxy&apos;s address looks like http://10.0.0.1:8080</source>
        <translation>代理地址的格式如 http://10.0.0.1:8080</translation>
    </message>
    <message>
        <source>User name and password have fields of their own; remove them from the address.</source>
        <translation>用户名和密码有单独的输入框，请从地址里去掉。</translation>
    </message>
    <message>
        <source>Choose the file with your company&apos;s certificates.</source>
        <translation>请选择包含公司证书的文件。</translation>
    </message>
    <message>
        <source>This is a whole address; paste it into the webhook field.</source>
        <translation>这是完整的地址，请粘贴到 Webhook 一栏。</translation>
    </message>
    <message>
        <source>This cannot be a token: it holds signs of an address, or the token twice. Copy it again.</source>
        <translation>这不可能是 Token：里面混进了网址的符号，或把 Token 写了两遍。请重新复制。</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>正文</translation>
    </message>
    <message>
        <source>Link address</source>
        <translation>跳转链接</translation>
    </message>
    <message>
        <source>Picture address</source>
        <translation>图片链接</translation>
    </message>
    <message>
        <source>Button label</source>
        <translation>按钮文字</translation>
    </message>
    <message>
        <source>Button address</source>
        <translation>按钮链接</translation>
    </message>
    <message>
        <source>Buttons</source>
        <translation>按钮</translation>
    </message>
    <message>
        <source>Button {number}</source>
        <translation>按钮 {number}</translation>
    </message>
    <message>
        <source>Button {number}, label</source>
        <translation>按钮 {number} 的文字</translation>
    </message>
    <message>
        <source>Button {number}, address</source>
        <translation>按钮 {number} 的链接</translation>
    </message>
    <message>
        <source>Layout of the buttons</source>
        <translation>按钮排列</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>条目</translation>
    </message>
    <message>
        <source>Item {number}</source>
        <translation>条目 {number}</translation>
    </message>
    <message>
        <source>Item {number}, title</source>
        <translation>条目 {number} 的标题</translation>
    </message>
    <message>
        <source>Item {number}, link address</source>
        <translation>条目 {number} 的跳转链接</translation>
    </message>
    <message>
        <source>Item {number}, picture address</source>
        <translation>条目 {number} 的图片链接</translation>
    </message>
    <message>
        <source>Mentions</source>
        <translation>@ 成员</translation>
    </message>
    <message>
        <source>Robot</source>
        <translation>机器人</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>关键词</translation>
    </message>
    <message>
        <source>Keyword {number}</source>
        <translation>关键词 {number}</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>IP 地址</translation>
    </message>
    <message>
        <source>Address {number}</source>
        <translation>IP 地址 {number}</translation>
    </message>
    <message>
        <source>Signing secret</source>
        <translation>加签密钥</translation>
    </message>
    <message>
        <source>Webhook</source>
        <translation>Webhook</translation>
    </message>
    <message>
        <source>Default mentions</source>
        <translation>默认 @ 成员</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>Timeouts</source>
        <translation>等待时间</translation>
    </message>
    <message>
        <source>Line {line}: {sentence}</source>
        <translation>第 {line} 行：{sentence}</translation>
    </message>
    <message>
        <source>This leads to a file of your own computer or network drive: nobody else can open it.</source>
        <translation>这个链接指向你自己电脑或共享盘上的文件，别人打不开。</translation>
    </message>
    <message>
        <source>“{word}” is an address of the company&apos;s own network: outside of it, and on most phones, it does not open.</source>
        <translation>“{word}”是公司内网地址，离开内网就打不开，手机上多半也打不开。</translation>
    </message>
    <message>
        <source>“{word}” is HTML: the group sees it as it is written here.</source>
        <translation>“{word}”是 HTML，群里会原样显示。</translation>
    </message>
    <message>
        <source>“{word}” tells nobody what it is about: the title is what people see in the conversation list.</source>
        <translation>标题“{word}”看不出说的是什么；会话列表里大家看到的就是标题。</translation>
    </message>
    <message>
        <source>“{word}”: the weekday does not go with the date, it should be {right}.</source>
        <translation>“{word}”：日期和星期对不上，应该是{right}。</translation>
    </message>
    <message>
        <source>“{word}” is past, and no later day is named.</source>
        <translation>“{word}”已经过去，消息里也没有更晚的日期。</translation>
    </message>
    <message>
        <source>“{word}” of today is over by now.</source>
        <translation>今天“{word}”已经过了。</translation>
    </message>
    <message>
        <source>Without encryption, others could read the webhook on its way: the address must begin with https://</source>
        <translation>没有加密，Webhook 在路上可能被人看到，地址必须以 https:// 开头</translation>
    </message>
    <message>
        <source>It may not be complete: behind access_token= there are usually 64 characters, 0–9 and a–f.</source>
        <translation>可能不完整：access_token= 后面通常有 64 位，由 0–9 和 a–f 组成。</translation>
    </message>
    <message>
        <source>This robot has no webhook. Edit it and paste it.</source>
        <translation>这个机器人没有 Webhook。请编辑机器人并粘贴。</translation>
    </message>
    <message>
        <source>The secret may not be complete: it begins with SEC, and usually 64 characters follow.</source>
        <translation>密钥可能不完整：它以 SEC 开头，后面通常还有 64 位。</translation>
    </message>
    <message>
        <source>All days are past; the last of them is “{word}”.</source>
        <translation>其中的日期都已过去，最晚的是“{word}”。</translation>
    </message>
    <message>
        <source>“@{name}” is only a name, so this person may not be notified: DingTalk wants the number, {person}.</source>
        <translation>“@{name}” 只是名字，对方可能收不到提醒：钉钉认的是号码 {person}。</translation>
    </message>
    <message>
        <source>Line {line} says @所有人, @all or the like, but @everyone is not ticked: nobody is notified.</source>
        <translation>第 {line} 行写了 @所有人、@all 一类的话，但没有勾选“@所有人”，谁也不会收到提醒。</translation>
    </message>
    <message>
        <source>The keyword “{keyword}” is missing in the message.</source>
        <translation>消息里缺少这个群要求的关键词“{keyword}”。</translation>
    </message>
    <message>
        <source>A robot&apos;s webhook or secret stands here: whoever reads it can post to that group. Take it out; it is never sent or stored.</source>
        <translation>这里有机器人的 Webhook 或加签密钥，看到的人都能往那个群里发消息。请去掉它；程序不会发送，也不会保存。</translation>
    </message>
    <message>
        <source>“@{name}” is only a name, so this person may not be notified, and {bearers} contacts are called so: type @ and choose the right one.</source>
        <translation>“@{name}”只是名字，对方可能收不到提醒；有 {bearers} 位联系人叫这个名字：请输入 @ 后选择正确的一位。</translation>
    </message>
    <message>
        <source>“@{name}” is only a name. Whoever&apos;s number is listed below may be notified or not: write the number behind the @.</source>
        <translation>“@{name}”只是名字。下面列出的手机号能不能提醒到人不一定：请在 @ 后面写上手机号。</translation>
    </message>
    <message>
        <source>{groups} and {count} more</source>
        <translation>{groups}等，另有 {count} 个</translation>
    </message>
    <message>
        <source>In {groups}.</source>
        <translation>涉及：{groups}。</translation>
    </message>
    <message>
        <source>“{word}” becomes each group&apos;s own name as it is sent.</source>
        <translation>“{word}”发送时会换成各群自己的名字。</translation>
    </message>
</context>
<context>
    <name>ProfileSection</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>How you recognise the group</source>
        <translation>一看就认得的群名</translation>
    </message>
    <message>
        <source>Production: asks before every message</source>
        <translation>正式：每条消息发送前确认</translation>
    </message>
    <message>
        <source>Test: sends at once</source>
        <translation>测试：直接发送</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>The group is for</source>
        <translation>群的用途</translation>
    </message>
    <message>
        <source>A new robot counts as production until you mark it as test.</source>
        <translation>新机器人默认算正式，直到你标为测试。</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Branches, East: lists gather robots by them</source>
        <translation>例如：门店、华东；列表可以按标签汇集机器人</translation>
    </message>
</context>
<context>
    <name>Program</name>
    <message>
        <source>Sandbox</source>
        <translation>沙箱</translation>
    </message>
    <message>
        <source>The last draft could not be read; it was set aside.</source>
        <translation>上次的草稿读不出来，已另外保留。</translation>
    </message>
    <message>
        <source>The backup was restored.</source>
        <translation>备份已恢复。</translation>
    </message>
    <message>
        <source>No password store here: webhooks are asked for again at the next start</source>
        <translation>这台电脑无法保存密码：下次启动需要重新粘贴 Webhook</translation>
    </message>
    <message>
        <source>No input method was found; the guide says what helps.</source>
        <translation>没有找到输入法，使用说明里有解决办法。</translation>
    </message>
</context>
<context>
    <name>QAbstractFileIconProvider</name>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>File Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Drive</source>
        <translation>驱动器</translation>
    </message>
    <message>
        <source>Shortcut</source>
        <translation>快捷方式</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>未知</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>&amp;Look in:</source>
        <translation>查找范围(&amp;L)：</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>文件类型(&amp;T)：</translation>
    </message>
</context>
<context>
    <name>QFileSystemModel</name>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
</context>
<context>
    <name>Questions</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>确定</translation>
    </message>
</context>
<context>
    <name>Queue</name>
    <message>
        <source>They are taken out of the queue and open as one draft. Choose the group, look it over, and send it. The history keeps each of them as cancelled.</source>
        <translation>这些消息会移出队列，合并为一份草稿。请选择群，看过后再发送。发送记录里，它们各自记为已取消。</translation>
    </message>
    <message>
        <source>Merge {count} messages into one?</source>
        <translation>要把 {count} 条消息合并成一条吗？</translation>
    </message>
    <message>
        <source>Left in the queue, of another kind or too much for one: {count}.</source>
        <translation>因类型不同或合并后太长而留在队列里：{count} 条。</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Leave them</source>
        <translation>不合并</translation>
    </message>
    <message>
        <source>These messages cannot be merged.</source>
        <translation>这些消息无法合并。</translation>
    </message>
    <message>
        <source>Only texts or only markdown messages that nothing was sent of go together.</source>
        <translation>只有还没发送、同为文本或同为 Markdown 的消息才能合并。</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>after the one being sent</source>
        <translation>等正在发送的那条</translation>
    </message>
    <message>
        <source>now</source>
        <translation>即将发送</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes} 分 {seconds} 秒</translation>
    </message>
    <message>
        <source>It waits: sending is paused.</source>
        <translation>正在等待：发送已暂停。</translation>
    </message>
    <message>
        <source>It waits for the message before it.</source>
        <translation>正在等待前一条消息。</translation>
    </message>
    <message>
        <source>It waits until {time}: 20 messages a minute is all that DingTalk takes.</source>
        <translation>等到 {time} 再发：钉钉每分钟最多接收 20 条消息。</translation>
    </message>
    <message>
        <source>It waits until {time}: the robot rests for ten minutes, for it was too fast.</source>
        <translation>等到 {time} 再发：机器人发得太快，要停十分钟。</translation>
    </message>
    <message>
        <source>It waits until {time}, then it is tried.</source>
        <translation>等到 {time} 再发。</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Waits its turn</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>Waits until {time}</source>
        <translation>等到 {time}</translation>
    </message>
    <message>
        <source>Sending is paused</source>
        <translation>发送已暂停</translation>
    </message>
    <message>
        <source>Paused · {count} waiting</source>
        <translation>已暂停 · {count} 条等待中</translation>
    </message>
    <message>
        <source>{count} waiting</source>
        <translation>{count} 条等待中</translation>
    </message>
    <message>
        <source>next in {time}</source>
        <translation>下一条在 {time} 后</translation>
    </message>
    <message>
        <source>It waits for the groups before it in the list.</source>
        <translation>正在等待列表中前面的群。</translation>
    </message>
    <message>
        <source>It waits until about {time}: one group after the other.</source>
        <translation>大约等到 {time}：逐个群依次发送。</translation>
    </message>
</context>
<context>
    <name>QueueDialog</name>
    <message>
        <source>Queue</source>
        <translation>发送队列</translation>
    </message>
    <message>
        <source>Waiting messages</source>
        <translation>等待中的消息</translation>
    </message>
    <message>
        <source>Merge into one message…</source>
        <translation>合并成一条消息…</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>往前移</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>往后移</translation>
    </message>
    <message>
        <source>Cancel message</source>
        <translation>取消这条消息</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Nothing is waiting.</source>
        <translation>没有等待中的消息。</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) wait for one robot, which may send {limit} a minute. One message that says it all would arrive sooner.</source>
        <translation>
            <numerusform>同一个机器人有 %n 条消息在等待，而它每分钟只能发送 {limit} 条。合并成一条会更快送达。</numerusform>
        </translation>
    </message>
    <message>
        <source>The message was taken out of the queue.</source>
        <translation>消息已移出队列。</translation>
    </message>
    <message>
        <source>Too late: this message is being sent.</source>
        <translation>来不及了：这条消息正在发送。</translation>
    </message>
    <message>
        <source>What cannot leave at once waits here: a robot takes 20 messages a minute. One robot&apos;s messages go in this order.</source>
        <translation>不能马上发出的消息在这里排队：一个机器人每分钟最多发 20 条，同一机器人的消息按此顺序发送。</translation>
    </message>
</context>
<context>
    <name>QueueModel</name>
    <message>
        <source>Robot</source>
        <translation>机器人</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Goes in</source>
        <translation>还要等</translation>
    </message>
</context>
<context>
    <name>QuickFixes</name>
    <message>
        <source>There is nothing here that can be fixed with one click.</source>
        <translation>这里没有可以一键修正的问题。</translation>
    </message>
    <message>
        <source>Fixes</source>
        <translation>修正</translation>
    </message>
    <message>
        <source>{fix}, everywhere</source>
        <translation>{fix}（全部）</translation>
    </message>
    <message>
        <source>Do not tell me this any more</source>
        <translation>不再提示这类问题</translation>
    </message>
    <message>
        <source>What does this mean?</source>
        <translation>这是什么意思？</translation>
    </message>
    <message>
        <source>You will not be told of this any more; Edit &gt; What is checked brings it back.</source>
        <translation>以后不再提示这类问题；可以在“编辑 &gt; 检查哪些内容”里恢复。</translation>
    </message>
    <message>
        <source>Fixed. Undo takes it back.</source>
        <translation>已修正，撤销可以恢复。</translation>
    </message>
    <message>
        <source>Send as they stand</source>
        <translation>照原样发送</translation>
    </message>
    <message>
        <source>A backslash is put before them, which is not sent.</source>
        <translation>会在前面加一个反斜杠，反斜杠本身不发送。</translation>
    </message>
</context>
<context>
    <name>QuotaDialog</name>
    <message>
        <source>Calls a month</source>
        <translation>每月调用次数</translation>
    </message>
    <message>
        <source>How many calls a month does your plan have?</source>
        <translation>你们的钉钉版本每月有多少次调用？</translation>
    </message>
    <message>
        <source>calls a month</source>
        <translation>次 / 月</translation>
    </message>
    <message numerus="yes">
        <source>%n went out from here this month.</source>
        <translation>
            <numerusform>本月从这台电脑发出了 %n 次。</numerusform>
        </translation>
    </message>
    <message>
        <source>DingTalk&apos;s Standard edition has {count}, for all robots of the company together. The status line counts what went out from this computer; what others send does not show here.</source>
        <translation>钉钉标准版是每月 {count} 次，全公司的机器人共用。状态栏只统计从这台电脑发出的次数，不含其他人发送的。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>Receipt</name>
    <message>
        <source>Receipt of a DingTalk robot message</source>
        <translation>钉钉机器人消息回执</translation>
    </message>
    <message>
        <source>This says what this computer sent and received. DingTalk signs no answer and gives no message ID.</source>
        <translation>本回执记录这台电脑发出和收到的内容。钉钉的回复不带签名，也没有消息编号。</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>SHA-256 without msgUuid</source>
        <translation>不含 msgUuid 的 SHA-256</translation>
    </message>
    <message>
        <source>{size} bytes</source>
        <translation>{size} 字节</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>发出时间</translation>
    </message>
    <message>
        <source>Receipt of a message to the sandbox (DingTalk never got it)</source>
        <translation>沙箱消息回执（没有发给钉钉）</translation>
    </message>
    <message>
        <source>What was sent ({kind}):</source>
        <translation>发送内容（{kind}）：</translation>
    </message>
    <message>
        <source>Technical details</source>
        <translation>技术详情</translation>
    </message>
    <message>
        <source>Written down at</source>
        <translation>记录时间</translation>
    </message>
    <message>
        <source>To</source>
        <translation>发往</translation>
    </message>
    <message>
        <source>{status}.</source>
        <translation>{status}。</translation>
    </message>
    <message>
        <source>The sandbox said</source>
        <translation>沙箱的回复</translation>
    </message>
    <message>
        <source>DingTalk said</source>
        <translation>钉钉的回复</translation>
    </message>
    <message>
        <source>The server said</source>
        <translation>服务器的回复</translation>
    </message>
    <message>
        <source>What came back</source>
        <translation>收到的回复</translation>
    </message>
    <message>
        <source>Began</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>SHA-256 of the body as posted</source>
        <translation>发出内容的 SHA-256</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回复</translation>
    </message>
    <message>
        <source>{weekday}, {date} {time} (UTC{offset})</source>
        <translation>{date} {weekday} {time}（UTC{offset}）</translation>
    </message>
    <message>
        <source>{name}: {value}</source>
        <translation>{name}：{value}</translation>
    </message>
    <message>
        <source>In the chain of this history</source>
        <translation>在本发送记录的校验链中</translation>
    </message>
    <message>
        <source>Newest link when this was made</source>
        <translation>生成时的最新一环</translation>
    </message>
</context>
<context>
    <name>ReceiptButton</name>
    <message>
        <source>Receipt</source>
        <translation>回执</translation>
    </message>
    <message>
        <source>What was sent, to whom, when, and what came back, as plain text</source>
        <translation>发了什么、发给谁、何时发出、收到什么回复，纯文本</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>The receipt is on the clipboard.</source>
        <translation>回执已复制到剪贴板。</translation>
    </message>
    <message>
        <source>Text files (*.txt)</source>
        <translation>文本文件 (*.txt)</translation>
    </message>
    <message>
        <source>Save the receipt</source>
        <translation>保存回执</translation>
    </message>
    <message>
        <source>The receipt could not be written there.</source>
        <translation>回执没能保存到那里。</translation>
    </message>
    <message>
        <source>The receipt was saved.</source>
        <translation>回执已保存。</translation>
    </message>
</context>
<context>
    <name>RecipientsDialog</name>
    <message>
        <source>Send to several groups</source>
        <translation>发送到多个群</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>群</translation>
    </message>
    <message>
        <source>Continue…</source>
        <translation>继续…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>正式</translation>
    </message>
    <message>
        <source>{group} (its webhook is missing)</source>
        <translation>{group}（缺少 Webhook）</translation>
    </message>
    <message>
        <source>The message goes to each group that is checked. You are asked once more.</source>
        <translation>消息会发送到勾选的每个群，发送前会再确认一次。</translation>
    </message>
    <message numerus="yes">
        <source>%n chosen</source>
        <translation>
            <numerusform>已选 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>As last time: </source>
        <translation>同上次：</translation>
    </message>
</context>
<context>
    <name>RecoveryActions</name>
    <message>
        <source>Correction: </source>
        <translation>更正：</translation>
    </message>
    <message>
        <source>To be tried again under the same id: {group}. {waits}</source>
        <translation>将用同一个编号重试：{group}。{waits}</translation>
    </message>
    <message>
        <source>Trying again under the same id: {group}</source>
        <translation>正在用同一个编号重试：{group}</translation>
    </message>
    <message>
        <source>Retry all the same</source>
        <translation>仍然重试</translation>
    </message>
    <message>
        <source>{group} is archived.</source>
        <translation>{group} 已归档。</translation>
    </message>
    <message>
        <source>This robot is not there any more. Open the message as a new one.</source>
        <translation>这个机器人已经不在了。要发这条消息，请点“再发一次”。</translation>
    </message>
    <message>
        <source>This group got this message already: {time}.</source>
        <translation>这个群已经收到过这条消息：{time}。</translation>
    </message>
    <message>
        <source>This group may have got this message already: {time}.</source>
        <translation>这个群可能已经收到过这条消息：{time}。</translation>
    </message>
    <message>
        <source>Sent again: {group}</source>
        <translation>已重新发送：{group}</translation>
    </message>
    <message>
        <source>What was sent cannot be recalled. Write what is right, then choose the group.</source>
        <translation>发出去的消息撤不回来。请写下正确的内容，再选择群。</translation>
    </message>
    <message>
        <source>Sending to {group} …</source>
        <translation>正在发送：{group}……</translation>
    </message>
    <message>
        <source>It is not known whether this robot&apos;s server honours this id.</source>
        <translation>不清楚这个机器人的服务器认不认这个编号。</translation>
    </message>
    <message>
        <source>DingTalk&apos;s own servers do not post a message twice under the same id. If this one does, the group may get it a second time. You are asked once for this robot.</source>
        <translation>编号相同的消息，钉钉自己的服务器不会重复发布。这台服务器如果会，群里可能再收到一次。每个机器人只问一次。</translation>
    </message>
</context>
<context>
    <name>RefusedNotice</name>
    <message>
        <source>{group}: {sentence}</source>
        <translation>{group}：{sentence}</translation>
    </message>
    <message>
        <source>The webhook of {group} could not be saved.</source>
        <translation>“{group}”的 Webhook 没能保存。</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>没有保存</translation>
    </message>
</context>
<context>
    <name>Remedies</name>
    <message>
        <source>Edit the webhook…</source>
        <translation>修改 Webhook…</translation>
    </message>
    <message>
        <source>Edit the secret…</source>
        <translation>修改加签密钥…</translation>
    </message>
    <message>
        <source>Edit the addresses…</source>
        <translation>修改 IP 地址（段）…</translation>
    </message>
    <message>
        <source>Edit the keywords…</source>
        <translation>修改关键词…</translation>
    </message>
    <message>
        <source>Edit the message</source>
        <translation>修改消息</translation>
    </message>
    <message>
        <source>Check-up…</source>
        <translation>体检…</translation>
    </message>
    <message>
        <source>Check the clock…</source>
        <translation>检查电脑时间…</translation>
    </message>
    <message>
        <source>Archive the robot</source>
        <translation>归档机器人</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>重新发送</translation>
    </message>
    <message>
        <source>Send after the wait</source>
        <translation>等够时间再发</translation>
    </message>
    <message>
        <source>Send to those that failed…</source>
        <translation>发送到失败的群…</translation>
    </message>
    <message>
        <source>Retry safely</source>
        <translation>安全重试</translation>
    </message>
    <message>
        <source>Retrying it is no longer safe: its first attempt was more than 24 hours ago, and DingTalk may have forgotten its id. If the group does not have it, open it as a new message.</source>
        <translation>现在重试已不安全：第一次发送已超过 24 小时，钉钉可能不记得它的编号了。如果群里没有这条消息，请点“再发一次”。</translation>
    </message>
    <message>
        <source>It cannot be retried: its robot was deleted here.</source>
        <translation>无法重试：它的机器人已在这里删除。</translation>
    </message>
    <message>
        <source>Retrying it is no longer safe: the robot has another address now, where its id is not known.</source>
        <translation>现在重试已不安全：机器人的地址换了，新地址不认识它的编号。</translation>
    </message>
    <message>
        <source>It cannot be retried: the robot has another webhook now, so it could reach another group. With the webhook that it was sent to, it can be retried again.</source>
        <translation>不能重试：这个机器人的 Webhook 已经换了，重试可能会发到别的群。换回当时的 Webhook，就可以再重试。</translation>
    </message>
    <message>
        <source>Retrying it is not safe: it is not known which webhook it was sent to. If the group does not have it, open it as a new message.</source>
        <translation>重试不安全：不知道当时是发到哪个 Webhook 的。如果群里没有这条消息，请点“再发一次”。</translation>
    </message>
    <message>
        <source>Retry safely repeats it under the same id, so that it is not posted twice. DingTalk does not say how long it remembers an id; we estimate 24 hours, until {time}.</source>
        <translation>安全重试会用同一个编号再发，不会重复发布。钉钉没有说编号会记多久；我们估计 24 小时，即到 {time}。</translation>
    </message>
    <message>
        <source>This computer&apos;s clock was set back since it was sent: how long ago that was is not known, and it counts as just now.</source>
        <translation>发送之后，这台电脑的时间被调早了：无法得知过了多久，按刚刚发送计算。</translation>
    </message>
    <message>
        <source>Send the missing parts…</source>
        <translation>补发没送达的部分…</translation>
    </message>
    <message>
        <source>Retry safely repeats it under the same id. It is not known whether this robot&apos;s server honours this id; if it does, we estimate for 24 hours, until {time}.</source>
        <translation>安全重试会用同一个编号再发。不清楚这个机器人的服务器认不认这个编号；如果认，我们估计 24 小时内有效，即到 {time}。</translation>
    </message>
</context>
<context>
    <name>RepetitionForm</name>
    <message>
        <source>Day of the first run</source>
        <translation>第一次发送的日期</translation>
    </message>
    <message>
        <source>Time of day</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>时区</translation>
    </message>
    <message>
        <source>How often</source>
        <translation>多久一次</translation>
    </message>
    <message>
        <source>Once</source>
        <translation>只发一次</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>每天</translation>
    </message>
    <message>
        <source>Each weekday</source>
        <translation>每个工作日（周一至周五）</translation>
    </message>
    <message>
        <source>Each week on …</source>
        <translation>每周的…</translation>
    </message>
    <message>
        <source>Each month on a day</source>
        <translation>每月的某一天</translation>
    </message>
    <message>
        <source>Each month on a weekday</source>
        <translation>每月的第几个星期几</translation>
    </message>
    <message>
        <source>Each year</source>
        <translation>每年</translation>
    </message>
    <message>
        <source>Every hour</source>
        <translation>每小时</translation>
    </message>
    <message>
        <source>By a rule of your own</source>
        <translation>自定义规则</translation>
    </message>
    <message>
        <source>Every so many</source>
        <translation>间隔</translation>
    </message>
    <message>
        <source>every </source>
        <translation>每 </translation>
    </message>
    <message>
        <source>Day of the month</source>
        <translation>每月的哪一天</translation>
    </message>
    <message>
        <source>day {number}</source>
        <translation>{number} 日</translation>
    </message>
    <message>
        <source>the last day</source>
        <translation>最后一天</translation>
    </message>
    <message>
        <source>Weekday of the month</source>
        <translation>每月的第几个星期几</translation>
    </message>
    <message>
        <source>Holidays</source>
        <translation>节假日</translation>
    </message>
    <message>
        <source>As iCalendar&apos;s RRULE</source>
        <translation>写成 iCalendar 的 RRULE</translation>
    </message>
    <message>
        <source>The rule as RRULE</source>
        <translation>RRULE 规则</translation>
    </message>
    <message>
        <source>Until when</source>
        <translation>到什么时候</translation>
    </message>
    <message>
        <source>Without end</source>
        <translation>一直重复</translation>
    </message>
    <message>
        <source>Until a day</source>
        <translation>到某一天为止</translation>
    </message>
    <message>
        <source>So many times</source>
        <translation>只发若干次</translation>
    </message>
    <message>
        <source>The last day</source>
        <translation>最后一天</translation>
    </message>
    <message>
        <source>How many times</source>
        <translation>发几次</translation>
    </message>
    <message>
        <source> times</source>
        <translation> 次</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source> h</source>
        <translation> 小时</translation>
    </message>
    <message>
        <source> d</source>
        <translation> 天</translation>
    </message>
    <message>
        <source> wk</source>
        <translation> 周</translation>
    </message>
    <message>
        <source> mo</source>
        <translation> 个月</translation>
    </message>
    <message>
        <source> yr</source>
        <translation> 年</translation>
    </message>
</context>
<context>
    <name>RequestsModel</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>请求</translation>
    </message>
</context>
<context>
    <name>ResendDialog</name>
    <message>
        <source>Send to those that failed</source>
        <translation>发送到失败的群</translation>
    </message>
    <message>
        <source>as it stands in the window now (changed)</source>
        <translation>窗口里现在的内容（已改动）</translation>
    </message>
    <message>
        <source>as it was sent</source>
        <translation>当时发送的内容</translation>
    </message>
    <message>
        <source>Continue…</source>
        <translation>继续…</translation>
    </message>
    <message>
        <source>The message</source>
        <translation>发送哪一份消息</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>群</translation>
    </message>
    <message>
        <source>Groups that would refuse it again are not ticked. You are asked once more.</source>
        <translation>没有勾选再发仍会被拒绝的群。发送前会再确认一次。</translation>
    </message>
    <message>
        <source>You are asked once more before anything is sent.</source>
        <translation>发送前还会再问一次。</translation>
    </message>
</context>
<context>
    <name>RestoreDialog</name>
    <message>
        <source>Import robots and more</source>
        <translation>导入机器人等</translation>
    </message>
    <message>
        <source>What is in the file</source>
        <translation>文件里的内容</translation>
    </message>
    <message>
        <source>In the file</source>
        <translation>文件里</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>这里</translation>
    </message>
    <message>
        <source>Differs in</source>
        <translation>不同之处</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>{file}, written {when}. Nothing that is here is lost by it.</source>
        <translation>{file}，写于 {when}。导入不会丢失这里已有的内容。</translation>
    </message>
    <message>
        <source>This version does not know, and leaves out: {names}.</source>
        <translation>这个版本不认识，将略过：{names}。</translation>
    </message>
    <message>
        <source>No webhook is in this file: paste each robot&apos;s after it is taken over.</source>
        <translation>这个文件不含 Webhook：导入后请为每个机器人粘贴。</translation>
    </message>
    <message>
        <source>{count} {state}</source>
        <translation>{count} 个{state}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Nothing in it is new here.</source>
        <translation>里面没有新内容。</translation>
    </message>
    <message>
        <source>Taking over…</source>
        <translation>正在导入…</translation>
    </message>
</context>
<context>
    <name>ResultBar</name>
    <message>
        <source>Result of the last send</source>
        <translation>上次发送的结果</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Show this send in the history</source>
        <translation>在发送记录中查看</translation>
    </message>
    <message>
        <source>Hide the result</source>
        <translation>关闭结果</translation>
    </message>
    <message>
        <source>The message before: {outcome}</source>
        <translation>上一条消息：{outcome}</translation>
    </message>
    <message>
        <source>Technical details</source>
        <translation>技术详情</translation>
    </message>
</context>
<context>
    <name>ResultPresenter</name>
    <message numerus="yes">
        <source>%n message(s) from the last run never left; see the history</source>
        <translation>
            <numerusform>上次有 %n 条消息未发出，详见发送记录</numerusform>
        </translation>
    </message>
    <message>
        <source>Sending to {group} …</source>
        <translation>正在发送：{group}……</translation>
    </message>
</context>
<context>
    <name>Retention</name>
    <message>
        <source>They cannot be brought back.</source>
        <translation>删除后无法找回。</translation>
    </message>
    <message>
        <source>They cannot be brought back. All backups that were made so far are deleted too.</source>
        <translation>删除后无法找回。此前的全部备份也会一并删除。</translation>
    </message>
    <message>
        <source>Delete messages</source>
        <translation>删除消息</translation>
    </message>
    <message>
        <source>Delete for good: {number} messages?</source>
        <translation>彻底删除 {number} 条消息吗？</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>正式</translation>
    </message>
    <message>
        <source>Test and sandbox</source>
        <translation>测试与沙箱</translation>
    </message>
</context>
<context>
    <name>RetentionForm</name>
    <message>
        <source>Keep like this</source>
        <translation>按此保留</translation>
    </message>
    <message>
        <source>What goes is deleted for good, also from the search. The chain of evidence keeps a note that it went. Messages that wait or are under way stay.</source>
        <translation>不再保留的消息会被彻底删除，搜索里也不再有；校验链上会留下删除标记。等待中和发送中的消息不受影响。</translation>
    </message>
    <message>
        <source>By these rules nothing goes now.</source>
        <translation>按这些规则，现在没有要删除的消息。</translation>
    </message>
    <message>
        <source>{stage}, {outcome}</source>
        <translation>{stage}，{outcome}</translation>
    </message>
</context>
<context>
    <name>RichPaste</name>
    <message>
        <source>Pasted as markdown.</source>
        <translation>已按 Markdown 粘贴。</translation>
    </message>
    <message>
        <source>Phones draw no tables: it became lines.</source>
        <translation>手机上显示不了表格，已改成逐行文字。</translation>
    </message>
    <message>
        <source>As a table</source>
        <translation>改为表格</translation>
    </message>
    <message>
        <source>Phones show this table as its source.</source>
        <translation>这个表格在手机上会显示成一串符号。</translation>
    </message>
    <message>
        <source>As lines</source>
        <translation>改为逐行</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>只要文字</translation>
    </message>
    <message>
        <source>A text message shows no headings, bold words, links or colours.</source>
        <translation>文本消息显示不了标题、粗体、链接和颜色。</translation>
    </message>
    <message>
        <source>Make it a Markdown message</source>
        <translation>改成 Markdown 消息</translation>
    </message>
    <message>
        <source>This was too much to keep its looks: the words alone were pasted.</source>
        <translation>内容太多，没有保留格式，只粘贴了文字。</translation>
    </message>
</context>
<context>
    <name>RichView</name>
    <message>
        <source>Text of the message</source>
        <translation>消息正文</translation>
    </message>
</context>
<context>
    <name>RobotDialog</name>
    <message>
        <source>Add a robot</source>
        <translation>添加机器人</translation>
    </message>
    <message>
        <source>Edit robot</source>
        <translation>编辑机器人</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Still to fill in or correct: {fields}</source>
        <translation>还需填写或更正：{fields}</translation>
    </message>
    <message>
        <source>Close without saving</source>
        <translation>不保存并关闭</translation>
    </message>
    <message>
        <source>Close without saving what you entered?</source>
        <translation>要放弃填写的内容吗？</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>The robot is saved, but its webhook and secret are not. {why}</source>
        <translation>机器人已保存，但 Webhook 和密钥没有保存。{why}</translation>
    </message>
    <message>
        <source>Saving webhook and secret…</source>
        <translation>正在保存 Webhook 和密钥…</translation>
    </message>
</context>
<context>
    <name>RobotForm</name>
    <message>
        <source>Keywords</source>
        <translation>关键词</translation>
    </message>
    <message numerus="yes">
        <source>As set in DingTalk, one per line, at most %n.</source>
        <translation>
            <numerusform>与钉钉中的设置一致，每行一个，最多 %n 个。</numerusform>
        </translation>
    </message>
    <message>
        <source>Paste what DingTalk gave you</source>
        <translation>粘贴从钉钉复制的内容</translation>
    </message>
    <message>
        <source>Default mentions and technical details</source>
        <translation>默认 @ 和技术详情</translation>
    </message>
    <message>
        <source>The sandbox stands in for DingTalk on this computer. Its webhook and secret can be copied on the page Sandbox.</source>
        <translation>沙箱在这台电脑上模拟钉钉。它的 Webhook 和密钥可以在“沙箱”页复制。</translation>
    </message>
</context>
<context>
    <name>RobotListModel</name>
    <message>
        <source>{name} ({stage})</source>
        <translation>{name}（{stage}）</translation>
    </message>
    <message>
        <source>the message is for this group</source>
        <translation>消息会发到这个群</translation>
    </message>
</context>
<context>
    <name>RobotListPanel</name>
    <message>
        <source>Robots</source>
        <translation>机器人</translation>
    </message>
    <message>
        <source>Enter aims the message at a robot, F2 edits it, Alt with an arrow key moves it.</source>
        <translation>按回车键选为发送目标，F2 编辑，Alt 加方向键移动。</translation>
    </message>
    <message>
        <source>+ Add a robot</source>
        <translation>+ 添加机器人</translation>
    </message>
    <message>
        <source>Aim the message here</source>
        <translation>选为发送目标</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>编辑…</translation>
    </message>
    <message>
        <source>Duplicate…</source>
        <translation>复制一份…</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Copy its rules to a sandbox twin</source>
        <translation>把它的规则复制到沙箱机器人</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>归档</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Add a robot</source>
        <translation>添加机器人</translation>
    </message>
    <message>
        <source>In DingTalk: group settings → Robots → Add robot → Custom. Copy its webhook, then add it here.</source>
        <translation>在钉钉中依次进入：群设置 → 机器人 → 添加机器人 → 自定义，复制 Webhook 后在这里添加。</translation>
    </message>
    <message>
        <source>No robot yet.</source>
        <translation>还没有机器人。</translation>
    </message>
    <message numerus="yes">
        <source>Archived (%n)</source>
        <translation>
            <numerusform>已归档（%n）</numerusform>
        </translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>{name} (sandbox)</source>
        <translation>{name}（沙箱）</translation>
    </message>
    <message>
        <source>{twin} enforces the rules of {robot}, on this computer only.</source>
        <translation>“{twin}”按“{robot}”的规则检查消息，只在这台电脑上运行。</translation>
    </message>
    <message>
        <source>Its webhook and secret are removed from this computer. Messages it sent stay in the history. The robot in DingTalk is not affected.</source>
        <translation>会从这台电脑上删除它的 Webhook 和密钥。发过的消息仍留在发送记录里，钉钉里的机器人不受影响。</translation>
    </message>
    <message>
        <source>It exists on this computer only. Messages sent to it stay in the history.</source>
        <translation>它只在这台电脑上。发给它的消息仍留在发送记录里。</translation>
    </message>
    <message>
        <source>Delete a robot</source>
        <translation>删除机器人</translation>
    </message>
    <message>
        <source>Delete {name}?</source>
        <translation>要删除“{name}”吗？</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>不删除</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>RobotLists</name>
    <message numerus="yes">
        <source>{name} (%n group(s))</source>
        <translation>
            <numerusform>{name}（%n 个群）</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RobotProfiles</name>
    <message>
        <source>{name} ({number})</source>
        <translation>{name}（{number}）</translation>
    </message>
</context>
<context>
    <name>Robots</name>
    <message>
        <source>production</source>
        <translation>正式</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>It expects a signature, but its secret is missing. Edit the robot and paste it.</source>
        <translation>开启了加签，但缺少密钥。请编辑机器人并粘贴密钥。</translation>
    </message>
    <message>
        <source>It has no webhook. Edit the robot and paste it.</source>
        <translation>没有 Webhook。请编辑机器人并粘贴。</translation>
    </message>
    <message>
        <source>No group in this list has a webhook</source>
        <translation>这个列表里的群都没有 Webhook</translation>
    </message>
    <message>
        <source>Its webhook is missing: edit the robot</source>
        <translation>缺少 Webhook：请编辑机器人</translation>
    </message>
    <message>
        <source>Its webhook is missing: without a password store it is forgotten when you quit. Edit the robot and paste it again.</source>
        <translation>缺少 Webhook：没有系统密码库时，退出后就没有了。请编辑机器人并重新粘贴。</translation>
    </message>
    <message>
        <source>The password store has no entry for these robots. It may have been cleared, or the data folder comes from another computer.</source>
        <translation>系统密码库里没有这些机器人的内容：可能被清空了，或者数据文件夹来自另一台电脑。</translation>
    </message>
</context>
<context>
    <name>RowPreview</name>
    <message>
        <source>The row before</source>
        <translation>上一行</translation>
    </message>
    <message>
        <source>The next row</source>
        <translation>下一行</translation>
    </message>
    <message>
        <source>The message as the group will see it</source>
        <translation>群里看到的消息</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>第 {number} 条，共 {count} 条</translation>
    </message>
    <message>
        <source>This row is not sent.</source>
        <translation>这一行未发出。</translation>
    </message>
    <message>
        <source>Title in the conversation list: {title}</source>
        <translation>会话列表里的标题：{title}</translation>
    </message>
    <message>
        <source>Robot</source>
        <translation>机器人</translation>
    </message>
</context>
<context>
    <name>RunBar</name>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Leave the rest unsent</source>
        <translation>剩下的不发了</translation>
    </message>
    <message>
        <source>Send those that failed again</source>
        <translation>重发失败的</translation>
    </message>
    <message>
        <source>Save a copy with the outcomes…</source>
        <translation>保存带结果的副本…</translation>
    </message>
    <message>
        <source>“{name}” of {time} was not sent to its end.</source>
        <translation>{time} 的“{name}”还有未发出的行。</translation>
    </message>
    <message>
        <source>Pasted rows</source>
        <translation>粘贴的表格</translation>
    </message>
    <message>
        <source>{done} of {rows} rows are sent. Nothing goes on by itself.</source>
        <translation>共 {rows} 行，已发 {done} 行。不会自动继续。</translation>
    </message>
    <message>
        <source>“{name}” is being written down …</source>
        <translation>正在记录“{name}”…</translation>
    </message>
    <message>
        <source>“{name}” is being sent</source>
        <translation>正在发送“{name}”</translation>
    </message>
    <message>
        <source>“{name}” is stopped</source>
        <translation>“{name}”已停止</translation>
    </message>
    <message>
        <source>“{name}” is sent</source>
        <translation>“{name}”已发完</translation>
    </message>
</context>
<context>
    <name>Sandbox</name>
    <message>
        <source>No HTTP answer was given.</source>
        <translation>没有给出 HTTP 回复。</translation>
    </message>
    <message>
        <source>(no body)</source>
        <translation>（没有正文）</translation>
    </message>
    <message>
        <source>(cut; {size} bytes in all)</source>
        <translation>（已截断，共 {size} 字节）</translation>
    </message>
    <message>
        <source>Busy, without saying whether the message was accepted</source>
        <translation>系统繁忙，没说消息是否已接收</translation>
    </message>
    <message>
        <source>The answer comes 5 seconds late</source>
        <translation>回复慢 5 秒</translation>
    </message>
    <message>
        <source>The answer comes bit by bit, for 5 seconds</source>
        <translation>回复断断续续，共 5 秒</translation>
    </message>
    <message>
        <source>The connection is closed after the answer</source>
        <translation>回复后关闭连接</translation>
    </message>
    <message>
        <source>errcode is the text &quot;0&quot;</source>
        <translation>errcode 是文字 &quot;0&quot;</translation>
    </message>
    <message>
        <source>The answer is compressed</source>
        <translation>回复经过压缩</translation>
    </message>
    <message>
        <source>The answer begins with a byte order mark</source>
        <translation>回复以 BOM 开头</translation>
    </message>
    <message>
        <source>No answer ever comes</source>
        <translation>一直没有回复</translation>
    </message>
    <message>
        <source>The connection is reset</source>
        <translation>连接被重置</translation>
    </message>
    <message>
        <source>The connection is closed without an answer</source>
        <translation>不回复就关闭连接</translation>
    </message>
    <message>
        <source>The answer breaks off halfway</source>
        <translation>回复到一半中断</translation>
    </message>
    <message>
        <source>A login page in HTML</source>
        <translation>HTML 登录页面</translation>
    </message>
    <message>
        <source>A redirect to another address</source>
        <translation>转到其他地址</translation>
    </message>
    <message>
        <source>A custom answer</source>
        <translation>自定义回复</translation>
    </message>
    <message>
        <source>As requested: {fault}.</source>
        <translation>按“模拟故障”的设置：{fault}。</translation>
    </message>
    <message>
        <source>The group already has a message with this msgUuid; none was added.</source>
        <translation>群里已有 msgUuid 相同的消息，没有重复添加。</translation>
    </message>
    <message>
        <source>The right answer, in an unusual way</source>
        <translation>回复正确，但方式少见</translation>
    </message>
    <message>
        <source>The answer is empty</source>
        <translation>回复是空的</translation>
    </message>
    <message>
        <source>The answer is 50 MB long</source>
        <translation>回复长达 50 MB</translation>
    </message>
    <message>
        <source>JSON, but a list</source>
        <translation>是 JSON，但是一个列表</translation>
    </message>
    <message>
        <source>JSON without errcode</source>
        <translation>JSON 里没有 errcode</translation>
    </message>
    <message>
        <source>errcode is false</source>
        <translation>errcode 是 false</translation>
    </message>
    <message>
        <source>errcode is 0.0</source>
        <translation>errcode 是 0.0</translation>
    </message>
    <message>
        <source>errcode is the text &quot; 0&quot;</source>
        <translation>errcode 是文字 &quot; 0&quot;</translation>
    </message>
    <message>
        <source>errcode is null</source>
        <translation>errcode 是 null</translation>
    </message>
    <message>
        <source>HTTP 404</source>
        <translation>HTTP 404</translation>
    </message>
    <message>
        <source>HTTP 500</source>
        <translation>HTTP 500</translation>
    </message>
    <message>
        <source>HTTP 502, from a proxy</source>
        <translation>代理返回的 HTTP 502</translation>
    </message>
    <message>
        <source>HTTP 500 with errcode 0</source>
        <translation>HTTP 500，但 errcode 为 0</translation>
    </message>
    <message>
        <source>Repeated</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>已接收</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>No verdict</source>
        <translation>没有结果</translation>
    </message>
    <message>
        <source>The message is in the group.</source>
        <translation>消息已出现在群里。</translation>
    </message>
    <message>
        <source>The message is not in the group.</source>
        <translation>群里没有这条消息。</translation>
    </message>
    <message>
        <source>DingTalk refuses</source>
        <translation>钉钉拒绝</translation>
    </message>
    <message>
        <source>No answer, or half of one</source>
        <translation>没有回复，或回复不完整</translation>
    </message>
    <message>
        <source>An answer that is not DingTalk&apos;s</source>
        <translation>不是钉钉的回复</translation>
    </message>
    <message>
        <source>Wrong:</source>
        <translation>有误：</translation>
    </message>
    <message>
        <source>Not known:</source>
        <translation>不清楚：</translation>
    </message>
    <message>
        <source>Note:</source>
        <translation>提示：</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>询问</translation>
    </message>
</context>
<context>
    <name>SandboxControls</name>
    <message>
        <source>Clear view</source>
        <translation>清空显示</translation>
    </message>
    <message>
        <source>+ Add a sandbox robot</source>
        <translation>+ 添加沙箱机器人</translation>
    </message>
    <message>
        <source>To copy a real robot&apos;s rules, use that robot&apos;s context menu in the list</source>
        <translation>要复制真实机器人的规则，请在列表中右键点击该机器人</translation>
    </message>
    <message>
        <source>Signature required</source>
        <translation>要求加签</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>any</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>Copy webhook</source>
        <translation>复制 Webhook</translation>
    </message>
    <message>
        <source>For a script of your own: address and access token of this sandbox robot</source>
        <translation>供你自己的脚本使用：这个沙箱机器人的地址和 Token</translation>
    </message>
    <message>
        <source>Copy secret</source>
        <translation>复制密钥</translation>
    </message>
    <message>
        <source>For a script of your own that signs its requests</source>
        <translation>供需要加签的脚本使用</translation>
    </message>
    <message>
        <source>The port at each start, so that a script finds it again; empty: a free one</source>
        <translation>每次启动都用这个端口，脚本就总能找到它；留空则使用空闲端口</translation>
    </message>
    <message>
        <source>Keep token and secret</source>
        <translation>保留 Token 和密钥</translation>
    </message>
    <message>
        <source>Only these may call: 1.1.1.1 or 1.1.1.0/24; separate them with commas</source>
        <translation>只有这些地址可以调用：1.1.1.1 或 1.1.1.0/24，用逗号分隔</translation>
    </message>
    <message>
        <source>The address from which calls seem to come, to try a list of addresses</source>
        <translation>假定的来源地址，用来试验 IP 地址（段）</translation>
    </message>
    <message>
        <source>The sandbox is starting…</source>
        <translation>沙箱正在启动…</translation>
    </message>
    <message>
        <source>Listens on {address}, for this computer only.</source>
        <translation>监听 {address}，只有这台电脑能访问。</translation>
    </message>
    <message>
        <source>Tokens and secrets are new at each start and never stored.</source>
        <translation>Token 和密钥每次启动都重新生成，不会保存。</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Allowed addresses</source>
        <translation>IP 地址（段）</translation>
    </message>
    <message>
        <source>Calls come from</source>
        <translation>来源地址</translation>
    </message>
    <message>
        <source>What goes wrong</source>
        <translation>模拟故障</translation>
    </message>
    <message>
        <source>The sandbox&apos;s webhook is in the clipboard.</source>
        <translation>沙箱的 Webhook 已复制到剪贴板。</translation>
    </message>
    <message>
        <source>The sandbox&apos;s secret is in the clipboard.</source>
        <translation>沙箱的密钥已复制到剪贴板。</translation>
    </message>
    <message>
        <source>{limit} messages per minute</source>
        <translation>每分钟 {limit} 条消息</translation>
    </message>
    <message>
        <source>A message must contain one of them; separate them with commas</source>
        <translation>消息必须包含其中之一，用逗号分隔</translation>
    </message>
    <message>
        <source>Robot</source>
        <translation>机器人</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>关键词</translation>
    </message>
    <message>
        <source>The same at each start, for all sandbox robots; they lie in the password store</source>
        <translation>所有沙箱机器人每次启动都不变；保存在系统密码库中</translation>
    </message>
    <message>
        <source>Tokens and secrets stay the same; they lie in the password store.</source>
        <translation>Token 和密钥保持不变，保存在系统密码库中。</translation>
    </message>
</context>
<context>
    <name>SandboxHost</name>
    <message>
        <source>Sandbox</source>
        <translation>沙箱</translation>
    </message>
    <message>
        <source>No free port was found for the sandbox.</source>
        <translation>没有可供沙箱使用的端口。</translation>
    </message>
    <message>
        <source>Port {port} is taken by another program; the sandbox listens on {other}.</source>
        <translation>端口 {port} 被别的程序占用，沙箱改用 {other}。</translation>
    </message>
    <message>
        <source>Port {port} may not be used on this computer; the sandbox listens on {other}.</source>
        <translation>这台电脑不允许使用端口 {port}，沙箱改用 {other}。</translation>
    </message>
    <message>
        <source>The sandbox cannot take connections: this computer has no file handles left for this program. Close other programs, or start this one anew.</source>
        <translation>沙箱无法接受连接：这台电脑打开的文件和连接太多。请关闭其他程序，或重新启动本程序。</translation>
    </message>
    <message>
        <source>The password store did not answer: the sandbox has a new token in this run.</source>
        <translation>系统密码库没有反应：这次沙箱使用新的 Token。</translation>
    </message>
    <message>
        <source>The password store did not take the sandbox&apos;s token: it holds for this run only.</source>
        <translation>系统密码库没有保存沙箱的 Token：只在这次运行中有效。</translation>
    </message>
    <message>
        <source>The password store did not answer: the sandbox&apos;s old token may still lie there.</source>
        <translation>系统密码库没有反应：沙箱原来的 Token 可能还在里面。</translation>
    </message>
</context>
<context>
    <name>SandboxPage</name>
    <message>
        <source>Sandbox</source>
        <translation>沙箱</translation>
    </message>
    <message>
        <source>Answer to the request</source>
        <translation>对请求的回复</translation>
    </message>
    <message>
        <source>Requests, newest first</source>
        <translation>请求，最新的在最上面</translation>
    </message>
    <message>
        <source>Request as received</source>
        <translation>收到的请求</translation>
    </message>
    <message>
        <source>{verdict}: request {number}</source>
        <translation>{verdict}：请求 {number}</translation>
    </message>
</context>
<context>
    <name>SaveTemplateDialog</name>
    <message>
        <source>Keep as a template</source>
        <translation>存为模板</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>不对比</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>填写项</translation>
    </message>
    <message>
        <source>What it is for</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Tick what is another each time: it is asked for when the template is used.</source>
        <translation>勾选每次都不一样的内容，使用模板时会逐项填写。</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>No day, time or person stands in it. Write {example} where something is to be filled in.</source>
        <translation>消息里没有日期、时间或 @ 的人。在要填写的地方写上 {example}。</translation>
    </message>
    <message>
        <source>Name of the field</source>
        <translation>填写项名称</translation>
    </message>
    <message>
        <source>Kind of the field</source>
        <translation>填写项类型</translation>
    </message>
    <message>
        <source>Text with markdown</source>
        <translation>文字（可用 Markdown）</translation>
    </message>
    <message>
        <source>Give it a name.</source>
        <translation>请填写名称。</translation>
    </message>
    <message>
        <source>Each field needs a name, without brackets.</source>
        <translation>每个填写项都要有名称，不能带大括号。</translation>
    </message>
    <message>
        <source>Two fields have the same name.</source>
        <translation>有两个填写项重名。</translation>
    </message>
    <message>
        <source>It takes the place of your template of this name.</source>
        <translation>会替换你的同名模板。</translation>
    </message>
</context>
<context>
    <name>SavedSearchList</name>
    <message>
        <source>Kept searches</source>
        <translation>保存的搜索</translation>
    </message>
    <message>
        <source>All messages</source>
        <translation>全部消息</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>ScheduleDialog</name>
    <message>
        <source>Send at a time</source>
        <translation>定时发送</translation>
    </message>
    <message>
        <source>Change the schedule</source>
        <translation>修改定时任务</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>What it is called in the list</source>
        <translation>在列表里叫什么</translation>
    </message>
    <message>
        <source>Take the draft&apos;s message</source>
        <translation>换成草稿的消息</translation>
    </message>
    <message>
        <source>Instead of the message that it has now</source>
        <translation>代替现在的消息</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>群</translation>
    </message>
    <message>
        <source>Its webhook is missing</source>
        <translation>缺少 Webhook</translation>
    </message>
    <message>
        <source>To</source>
        <translation>发到</translation>
    </message>
    <message>
        <source>Give it a name.</source>
        <translation>请起个名称。</translation>
    </message>
    <message>
        <source>Choose a group.</source>
        <translation>请选择群。</translation>
    </message>
    <message>
        <source>All of its times lie in the past.</source>
        <translation>时间都已经过去了。</translation>
    </message>
    <message>
        <source>Send to production at these times, without asking each time?</source>
        <translation>到点就发到正式群，每次不再询问？</translation>
    </message>
    <message>
        <source>To {groups}. The next runs are those that you see in the list.</source>
        <translation>发到 {groups}。接下来的发送就是列表里的这些。</translation>
    </message>
    <message>
        <source>Save the schedule</source>
        <translation>保存定时任务</translation>
    </message>
    <message>
        <source>Ticked are the groups of the list “{name}” as it is now; who joins it later does not get this.</source>
        <translation>已勾选列表“{name}”现在的成员；以后加入列表的群不会收到。</translation>
    </message>
</context>
<context>
    <name>ScheduleLauncher</name>
    <message>
        <source>Write a message first: it is what will be sent.</source>
        <translation>请先写好消息，到点发送的就是它。</translation>
    </message>
    <message>
        <source>Fill in the fields first; then send it at a time.</source>
        <translation>请先填好内容，再设定时间。</translation>
    </message>
    <message>
        <source>Nothing waits for your decision.</source>
        <translation>没有等你决定的。</translation>
    </message>
    <message>
        <source>A webhook or a secret stands in the message. Take it out: it is never kept.</source>
        <translation>消息里有 Webhook 或密钥，请先去掉：它们从不保存。</translation>
    </message>
    <message>
        <source>It was changed or deleted elsewhere meanwhile. Look at it again.</source>
        <translation>它刚在别处被修改或删除了，请重新看一下。</translation>
    </message>
    <message>
        <source>Kept. It is sent {time}, while this program runs.</source>
        <translation>已保存。{time} 发送，届时程序需要在运行。</translation>
    </message>
    <message>
        <source>Delete the schedule “{name}”?</source>
        <translation>删除定时任务“{name}”？</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Schedules</source>
        <translation>定时</translation>
    </message>
    <message>
        <source>What it has sent stays in the history. Pausing lets it rest instead.</source>
        <translation>已经发出的仍在发送记录里。如果只是想停一停，可以暂停。</translation>
    </message>
    <message>
        <source>Send “{name}” now?</source>
        <translation>现在发送“{name}”？</translation>
    </message>
    <message>
        <source>Production: {groups}.</source>
        <translation>正式群：{groups}。</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>现在发送</translation>
    </message>
    <message>
        <source>“{name}” is paused: nothing of it is sent.</source>
        <translation>“{name}”已暂停，暂停期间不会发送。</translation>
    </message>
    <message>
        <source>“{name}” goes on. It is sent {time}.</source>
        <translation>“{name}”已恢复，{time} 发送。</translation>
    </message>
    <message>
        <source>“{name}” is over: no run is to come.</source>
        <translation>“{name}”已结束，不会再发送。</translation>
    </message>
    <message>
        <source>“{name}” is deleted: nothing of it is sent any more.</source>
        <translation>“{name}”已删除，不会再发送。</translation>
    </message>
    <message>
        <source>To {groups}: “{message}”</source>
        <translation>发到{groups}：“{message}”</translation>
    </message>
    <message>
        <source>Write it anew, then choose “{take}” in “{change}” of the schedule: until then it stays as it is.</source>
        <translation>改好后，在定时任务的“{change}”里点“{take}”；在那之前仍按原来的内容发送。</translation>
    </message>
</context>
<context>
    <name>ScheduleRow</name>
    <message>
        <source>Last: {run}</source>
        <translation>上次：{run}</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>修改…</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>What else can be done with it</source>
        <translation>更多操作</translation>
    </message>
    <message>
        <source>Send now…</source>
        <translation>现在发送…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Edit its message as a draft</source>
        <translation>放进草稿修改消息</translation>
    </message>
</context>
<context>
    <name>Schedules</name>
    <message>
        <source>The robot was deleted or archived.</source>
        <translation>机器人已删除或归档。</translation>
    </message>
    <message>
        <source>The robot has another webhook than when this was confirmed: it may lead to another group. Look at the schedule and save it again.</source>
        <translation>机器人的 Webhook 和确认时不一样了，可能会发到别的群。请看一下这个定时任务，再保存一次。</translation>
    </message>
    <message>
        <source>The robot&apos;s address is another one than when this was confirmed. Look at the schedule and save it again.</source>
        <translation>机器人的地址和确认时不一样了。请看一下这个定时任务，再保存一次。</translation>
    </message>
    <message>
        <source>The robot was a test when this was confirmed, and is production now. Look at the schedule and save it again.</source>
        <translation>确认时它是测试机器人，现在是正式的。请看一下这个定时任务，再保存一次。</translation>
    </message>
    <message>
        <source>A field of the message has no value.</source>
        <translation>消息里有一项没有填。</translation>
    </message>
    <message>
        <source>DingTalk would refuse the message.</source>
        <translation>钉钉会拒绝这条消息。</translation>
    </message>
    <message>
        <source>Write it as iCalendar does: FREQ=WEEKLY;BYDAY=MO,FR</source>
        <translation>请按 iCalendar 的写法：FREQ=WEEKLY;BYDAY=MO,FR</translation>
    </message>
    <message>
        <source>FREQ is HOURLY, DAILY, WEEKLY, MONTHLY or YEARLY.</source>
        <translation>FREQ 可以是 HOURLY、DAILY、WEEKLY、MONTHLY 或 YEARLY。</translation>
    </message>
    <message>
        <source>This is no part of a rule: {word}</source>
        <translation>规则里没有这一项：{word}</translation>
    </message>
    <message>
        <source>This stands there twice: {word}</source>
        <translation>写了两次：{word}</translation>
    </message>
    <message>
        <source>This value cannot be: {word}</source>
        <translation>不能是这个值：{word}</translation>
    </message>
    <message>
        <source>These do not go together: {word}</source>
        <translation>不能一起用：{word}</translation>
    </message>
    <message>
        <source>It would run more often than every 5 minutes.</source>
        <translation>比每 5 分钟一次还频繁。</translation>
    </message>
    <message>
        <source>No day fits: it would never run.</source>
        <translation>没有符合的日子，永远不会发送。</translation>
    </message>
    <message>
        <source>This computer does not know the time zone.</source>
        <translation>这台电脑不认识这个时区。</translation>
    </message>
    <message>
        <source>That year is out of reach.</source>
        <translation>年份超出范围。</translation>
    </message>
    <message>
        <source>Worked weekends go with “each weekday” alone.</source>
        <translation>调休上班只能配合“每个工作日”。</translation>
    </message>
    <message>
        <source>It would end before its first run.</source>
        <translation>还没发第一次就到期了。</translation>
    </message>
    <message>
        <source>the first {weekday}</source>
        <translation>第一个{weekday}</translation>
    </message>
    <message>
        <source>the second {weekday}</source>
        <translation>第二个{weekday}</translation>
    </message>
    <message>
        <source>the third {weekday}</source>
        <translation>第三个{weekday}</translation>
    </message>
    <message>
        <source>the fourth {weekday}</source>
        <translation>第四个{weekday}</translation>
    </message>
    <message>
        <source>the last {weekday}</source>
        <translation>最后一个{weekday}</translation>
    </message>
    <message>
        <source>On all these days, holidays or not</source>
        <translation>这些天都发，不管是不是节假日</translation>
    </message>
    <message>
        <source>Not on China&apos;s public holidays</source>
        <translation>法定节假日不发</translation>
    </message>
    <message>
        <source>On China&apos;s working days: not on holidays, also on worked weekends</source>
        <translation>上班的日子才发：节假日不发，调休上班的周末也发</translation>
    </message>
    <message>
        <source>Summer time begins: that time is left out, it goes at the next moment.</source>
        <translation>夏令时开始，当天没有这个时刻，会在跳过之后马上发送。</translation>
    </message>
    <message>
        <source>Summer time ends: that time is there twice, it goes once, the first time.</source>
        <translation>夏令时结束，当天这个时刻出现两次，只在第一次时发送。</translation>
    </message>
    <message>
        <source>Once, {day} at {time}</source>
        <translation>{day} {time}，只发一次</translation>
    </message>
    <message>
        <source>By its own rule, from {time} on: {rule}</source>
        <translation>自定义规则，从 {time} 起：{rule}</translation>
    </message>
    <message>
        <source>Every hour, at minute {minute}</source>
        <translation>每小时的 {minute} 分</translation>
    </message>
    <message>
        <source>Every {count} hours, from {time} on</source>
        <translation>从 {time} 起每 {count} 小时</translation>
    </message>
    <message>
        <source>{days} at {time}</source>
        <translation>{days} {time}</translation>
    </message>
    <message>
        <source>Every {count} days</source>
        <translation>每 {count} 天</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>每天</translation>
    </message>
    <message>
        <source>Each weekday</source>
        <translation>每个工作日（周一至周五）</translation>
    </message>
    <message>
        <source>Each {weekdays}</source>
        <translation>每{weekdays}</translation>
    </message>
    <message>
        <source>Every {count} weeks on {weekdays}</source>
        <translation>每 {count} 周的{weekdays}</translation>
    </message>
    <message>
        <source>Each year on {day}</source>
        <translation>每年{day}</translation>
    </message>
    <message>
        <source>the last day</source>
        <translation>最后一天</translation>
    </message>
    <message>
        <source>day {number}</source>
        <translation>{number} 日</translation>
    </message>
    <message>
        <source>Each month on {day}</source>
        <translation>每月{day}</translation>
    </message>
    <message>
        <source>Every {count} months on {day}</source>
        <translation>每 {count} 个月的{day}</translation>
    </message>
    <message>
        <source>not on holidays</source>
        <translation>节假日不发</translation>
    </message>
    <message>
        <source>on working days, worked weekends too</source>
        <translation>节假日不发，调休上班也发</translation>
    </message>
    <message>
        <source>until {day}</source>
        <translation>到 {day} 为止</translation>
    </message>
    <message>
        <source>{count} times in all</source>
        <translation>共 {count} 次</translation>
    </message>
    <message>
        <source>{time}, if that day is worked</source>
        <translation>{time}（如果那天上班）</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Over: no run is to come</source>
        <translation>已结束，不会再发送</translation>
    </message>
    <message>
        <source>Next: {time}</source>
        <translation>下次：{time}</translation>
    </message>
    <message>
        <source>{time}: {outcome}</source>
        <translation>{time}：{outcome}</translation>
    </message>
    <message>
        <source>missed, nothing was sent</source>
        <translation>错过，没有发出</translation>
    </message>
    <message>
        <source>waits for you: is that day worked?</source>
        <translation>等你决定：那天上班吗？</translation>
    </message>
    <message>
        <source>not sent, as you said</source>
        <translation>未发出，按你的决定</translation>
    </message>
    <message>
        <source>nothing left</source>
        <translation>没有发出</translation>
    </message>
    <message>
        <source>no longer in the history</source>
        <translation>发送记录里已经没有了</translation>
    </message>
    <message>
        <source>{count} × {outcome}</source>
        <translation>{count} 个{outcome}</translation>
    </message>
    <message>
        <source>{group}: {why}</source>
        <translation>{group}：{why}</translation>
    </message>
    <message>
        <source>China&apos;s holidays of {years} are not known to this program yet. Before a run on such a day you are asked, unless you enter the dates.</source>
        <translation>程序还不知道 {years} 年的法定节假日。请填好日期；没有填的话，遇到这样的日子会先问你。</translation>
    </message>
    <message>
        <source>{names} and {count} more</source>
        <translation>{names} 等，另有 {count} 个</translation>
    </message>
    <message>
        <source>Next: {time} by this computer&apos;s clock</source>
        <translation>下次：{time}（这台电脑的时间）</translation>
    </message>
    <message>
        <source>From the table “{name}”, row {number}.</source>
        <translation>来自表格“{name}”第 {number} 行。</translation>
    </message>
    <message>
        <source>Sent by hand from the schedule “{name}”.</source>
        <translation>由定时任务“{name}”手动发送。</translation>
    </message>
    <message>
        <source>From the schedule “{name}”, due {time}.</source>
        <translation>来自定时任务“{name}”，应于 {time} 发送。</translation>
    </message>
    <message>
        <source>table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>schedule</source>
        <translation>定时</translation>
    </message>
    <message>
        <source>Every {count} years on {day}</source>
        <translation>每 {count} 年的 {day}</translation>
    </message>
</context>
<context>
    <name>SchedulesPage</name>
    <message>
        <source>Schedules</source>
        <translation>定时</translation>
    </message>
    <message>
        <source>List</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>月历</translation>
    </message>
    <message>
        <source>Schedule the draft…</source>
        <translation>定时发送草稿…</translation>
    </message>
    <message>
        <source>Send the message that is being written at a set time</source>
        <translation>在设定的时间发送正在写的消息</translation>
    </message>
    <message>
        <source>Holidays, and sending without the window</source>
        <translation>节假日，以及不开窗口也发送</translation>
    </message>
    <message>
        <source>What was not sent…</source>
        <translation>未发出的…</translation>
    </message>
    <message>
        <source>Holidays and worked weekends…</source>
        <translation>节假日和调休…</translation>
    </message>
    <message>
        <source>Keep running in the background…</source>
        <translation>在后台继续运行…</translation>
    </message>
    <message>
        <source>Send without the window…</source>
        <translation>不开窗口也发送…</translation>
    </message>
    <message>
        <source>The month before</source>
        <translation>上个月</translation>
    </message>
    <message>
        <source>The month after</source>
        <translation>下个月</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>The day that is chosen</source>
        <translation>选中的这一天</translation>
    </message>
    <message>
        <source>Nothing is planned yet</source>
        <translation>还没有定时任务</translation>
    </message>
    <message>
        <source>Write a message, then choose “Send at a time…” beside Send: once, each weekday at nine, on the last Friday of each month, not on China&apos;s holidays if you wish. It is sent while this program runs; what was missed is told, never sent late by itself.</source>
        <translation>写好消息，在“发送”旁边选择“定时发送…”：只发一次、每个工作日九点、每月最后一个星期五都可以，也可以避开法定节假日。程序在运行时到点发送；错过的会告诉你，不会自己补发。</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) wait for your decision.</source>
        <translation>
            <numerusform>有 %n 次没有发出，等你决定。</numerusform>
        </translation>
    </message>
    <message>
        <source>Look at them…</source>
        <translation>查看…</translation>
    </message>
    <message>
        <source>Enter the dates…</source>
        <translation>填写日期…</translation>
    </message>
    <message numerus="yes">
        <source>%n schedule(s) cannot be read by this version.</source>
        <translation>
            <numerusform>有 %n 个定时任务这个版本读不出来。</numerusform>
        </translation>
    </message>
    <message>
        <source>MMMM yyyy</source>
        <translation>yyyy 年 M 月</translation>
    </message>
    <message>
        <source>to come</source>
        <translation>待发送</translation>
    </message>
    <message>
        <source>if that day is worked</source>
        <translation>如果那天上班</translation>
    </message>
    <message>
        <source>Nothing on this day.</source>
        <translation>这一天没有。</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>修改…</translation>
    </message>
    <message>
        <source>They are sent while this program runs, with its window or in the tray, or by the system&apos;s scheduler: see ⋯.</source>
        <translation>程序在运行时（开着窗口或在系统托盘里）到点发送，也可以交给系统的计划任务：见 ⋯。</translation>
    </message>
    <message>
        <source>paused: nothing is sent</source>
        <translation>已暂停，不会发送</translation>
    </message>
</context>
<context>
    <name>Search</name>
    <message>
        <source>Robot</source>
        <translation>机器人</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Test or production</source>
        <translation>测试或正式</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>not {field}: {value}</source>
        <translation>非 {field}：{value}</translation>
    </message>
    <message>
        <source>{field}: {value}</source>
        <translation>{field}：{value}</translation>
    </message>
    <message>
        <source>{number} found</source>
        <translation>找到 {number} 条</translation>
    </message>
    <message>
        <source>more than {number}</source>
        <translation>超过 {number} 条</translation>
    </message>
    <message>
        <source>Being indexed: {percent} %</source>
        <translation>正在建立索引：{percent}%</translation>
    </message>
    <message>
        <source>Being secured as evidence: {percent} %</source>
        <translation>正在接入校验链：{percent}%</translation>
    </message>
    <message>
        <source>“{typed}” is not understood as a filter and is looked for as words. Try {examples}.</source>
        <translation>看不懂筛选条件“{typed}”，已按普通文字查找。可以写：{examples}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>SearchBar</name>
    <message>
        <source>Search the history</source>
        <translation>搜索发送记录</translation>
    </message>
    <message>
        <source>Search: words, &quot;a phrase&quot;, -without, {status}:{refused}</source>
        <translation>搜索：词语、“连着的词”、-排除、{status}:{refused}</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Keep this search</source>
        <translation>保存搜索</translation>
    </message>
    <message>
        <source>Of a person…</source>
        <translation>按人员…</translation>
    </message>
    <message>
        <source>Go to a day…</source>
        <translation>跳到某一天…</translation>
    </message>
</context>
<context>
    <name>SearchCompleter</name>
    <message>
        <source>What can be typed here</source>
        <translation>可以输入的内容</translation>
    </message>
</context>
<context>
    <name>SecretField</name>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Keep the secret</source>
        <translation>保留密钥</translation>
    </message>
    <message>
        <source>Remove the secret</source>
        <translation>移除密钥</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>Will be removed when you save.</source>
        <translation>保存后移除。</translation>
    </message>
    <message>
        <source>It is left unchanged. {why}</source>
        <translation>保持不变。{why}</translation>
    </message>
    <message>
        <source>White space around it will be removed.</source>
        <translation>前后的空格会去掉。</translation>
    </message>
    <message>
        <source>Replaces the stored one.</source>
        <translation>会替换已保存的密钥。</translation>
    </message>
</context>
<context>
    <name>SendBar</name>
    <message>
        <source>More ways to send</source>
        <translation>其他发送方式</translation>
    </message>
    <message>
        <source>{size} / {limit} bytes</source>
        <translation>{size} / {limit} 字节</translation>
    </message>
    <message>
        <source>The whole request as sent, including its message ID.</source>
        <translation>按实际发送的完整请求计算，包含消息编号。</translation>
    </message>
    <message>
        <source>No group yet</source>
        <translation>未选择群</translation>
    </message>
    <message>
        <source>For {group}, who got what is corrected</source>
        <translation>发给收到原消息的{group}</translation>
    </message>
    <message>
        <source>Choose a group</source>
        <translation>选择群</translation>
    </message>
    <message>
        <source>Send to {group} · {stage}</source>
        <translation>发送到“{group}” · {stage}</translation>
    </message>
    <message>
        <source>Group to send to</source>
        <translation>发送到哪个群</translation>
    </message>
    <message>
        <source>Rehearse in {group}</source>
        <translation>在“{group}”试发</translation>
    </message>
    <message>
        <source>Send to several groups…</source>
        <translation>发送到多个群…</translation>
    </message>
    <message>
        <source>In a test group, to several groups, or at a time</source>
        <translation>在测试群试发、发到多个群，或定时发送</translation>
    </message>
    <message>
        <source>Send at a time…</source>
        <translation>定时发送…</translation>
    </message>
</context>
<context>
    <name>SendController</name>
    <message>
        <source>{group}: {problem}</source>
        <translation>{group}：{problem}</translation>
    </message>
    <message numerus="yes">
        <source>%n more of these</source>
        <translation>
            <numerusform>另有 %n 条类似提示</numerusform>
        </translation>
    </message>
    <message>
        <source>Send it uncorrected?</source>
        <translation>不更正就发送吗？</translation>
    </message>
    <message>
        <source>Nothing has been corrected yet: only the label was put in front.</source>
        <translation>还没有改动内容：只在前面加了“更正”。</translation>
    </message>
    <message>
        <source>The same message went to {group} {when}.</source>
        <translation>{when}已向“{group}”发送过相同的消息。</translation>
    </message>
    <message>
        <source>The same message was sent to {group} {when}, and may have arrived.</source>
        <translation>{when}已向“{group}”发送过相同的消息，可能已经送达。</translation>
    </message>
    <message>
        <source>The same message is on its way to {group} already.</source>
        <translation>相同的消息正在发往“{group}”。</translation>
    </message>
    <message>
        <source>{group} has the same webhook.</source>
        <translation>“{group}”用的是同一个 Webhook。</translation>
    </message>
    <message>
        <source>{groups} have the same webhook: one group gets the message {count} times.</source>
        <translation>{groups}用的是同一个 Webhook：同一个群会收到 {count} 次这条消息。</translation>
    </message>
    <message>
        <source>Send it again</source>
        <translation>再次发送</translation>
    </message>
    <message>
        <source>The same message again?</source>
        <translation>要再次发送相同的消息吗？</translation>
    </message>
    <message>
        <source>{field}: {problem}</source>
        <translation>{field}：{problem}</translation>
    </message>
    <message>
        <source>Back to the message</source>
        <translation>返回修改消息</translation>
    </message>
    <message>
        <source>Send anyway</source>
        <translation>仍然发送</translation>
    </message>
    <message>
        <source>DingTalk will refuse this message.</source>
        <translation>钉钉会拒绝这条消息。</translation>
    </message>
    <message>
        <source>The group would not see a picture of this message.</source>
        <translation>这条消息里有图片，群里会看不到。</translation>
    </message>
    <message>
        <source>This message cannot be sent as it is.</source>
        <translation>这条消息现在还不能发送。</translation>
    </message>
    <message numerus="yes">
        <source>This is the first of %n part(s), which go out one after the other.</source>
        <translation>
            <numerusform>这是第一条，共 %n 条消息，会依次发送。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) did not arrive: these go out again.</source>
        <translation>
            <numerusform>有 %n 部分没有送达，现在补发这些。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SendDetails</name>
    <message>
        <source>Details of the send</source>
        <translation>发送详情</translation>
    </message>
    <message>
        <source>Request without secrets</source>
        <translation>发出的请求，不含密钥</translation>
    </message>
    <message>
        <source>Message as sent, as JSON</source>
        <translation>实际发送的消息 JSON</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>收到的回复</translation>
    </message>
    <message>
        <source>{status}: {group}, {time}</source>
        <translation>{status}：{group}，{time}</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>发送结果</translation>
    </message>
    <message>
        <source>Technical details</source>
        <translation>技术详情</translation>
    </message>
    <message>
        <source>Copy the receipt</source>
        <translation>复制回执</translation>
    </message>
    <message>
        <source>Save the receipt…</source>
        <translation>保存回执…</translation>
    </message>
    <message>
        <source>The message&apos;s JSON is on the clipboard.</source>
        <translation>消息的 JSON 已复制到剪贴板。</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>发送经过</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>发出的请求</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Open as new message</source>
        <translation>再发一次…</translation>
    </message>
    <message>
        <source>Continue with this message; you choose the group again</source>
        <translation>在这条消息的基础上继续写，发送前重新选择群</translation>
    </message>
    <message>
        <source>Write a correction</source>
        <translation>写更正</translation>
    </message>
    <message>
        <source>DingTalk has no recall: a new message that sets it right is all there is</source>
        <translation>钉钉机器人的消息无法撤回，只能再发一条更正消息</translation>
    </message>
    <message>
        <source>Copy as…</source>
        <translation>复制为…</translation>
    </message>
    <message>
        <source>A program that sends it, to run elsewhere; token and secret are left out</source>
        <translation>能把它发出去的程序，供在别处运行；不含 Token 和密钥</translation>
    </message>
    <message>
        <source>Copy JSON</source>
        <translation>复制 JSON</translation>
    </message>
    <message>
        <source>Opened as a new draft, for no group yet.</source>
        <translation>已作为新草稿打开，还没有选群。</translation>
    </message>
    <message>
        <source>The robot as it was then</source>
        <translation>当时的机器人</translation>
    </message>
    <message>
        <source>What took how long</source>
        <translation>各阶段用时</translation>
    </message>
    <message>
        <source>Timing</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Robot</source>
        <translation>机器人</translation>
    </message>
    <message>
        <source>Send again…</source>
        <translation>原样重新发送…</translation>
    </message>
    <message>
        <source>The same message to the same group, as a new one; you are asked once</source>
        <translation>把同一条消息当作新消息再发到同一个群；会先问一次</translation>
    </message>
    <message>
        <source>Keep as a template…</source>
        <translation>存为模板…</translation>
    </message>
</context>
<context>
    <name>SendTable</name>
    <message>
        <source>Messages sent, newest first</source>
        <translation>已发送的消息，最新的在最上面</translation>
    </message>
</context>
<context>
    <name>SendsModel</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Robot</source>
        <translation>机器人</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>{robot} · to several</source>
        <translation>{robot} · 群发</translation>
    </message>
    <message>
        <source>{robot}, one of several at once</source>
        <translation>{robot}（同时发到多个群）</translation>
    </message>
    <message>
        <source>Correction · </source>
        <translation>更正 · </translation>
    </message>
    <message>
        <source>Corrected · </source>
        <translation>已更正 · </translation>
    </message>
    <message>
        <source>{robot} · {origin}</source>
        <translation>{robot} · {origin}</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>{words} ({more})</source>
        <translation>{words}（{more}）</translation>
    </message>
    <message>
        <source>{before} {after}</source>
        <translation>{before}{after}</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>An action, or a key</source>
        <translation>输入操作名或按键</translation>
    </message>
    <message>
        <source>No action is called so.</source>
        <translation>没有这样的操作。</translation>
    </message>
    <message>
        <source>In the text</source>
        <translation>在正文里</translation>
    </message>
    <message>
        <source>In the history</source>
        <translation>在发送记录里</translation>
    </message>
    <message>
        <source>In the list of robots</source>
        <translation>在机器人列表里</translation>
    </message>
    <message>
        <source>In lists</source>
        <translation>在列表里</translation>
    </message>
</context>
<context>
    <name>SnippetMenu</name>
    <message>
        <source>Copy as</source>
        <translation>复制为</translation>
    </message>
    <message>
        <source>Not copied: no token may be sent to the address of this robot.</source>
        <translation>没有复制：这个机器人的地址不能接收 Token。</translation>
    </message>
    <message>
        <source>Copied as {form}: each alert posts the message. First set DINGTALK_TOKEN and DINGTALK_SECRET.</source>
        <translation>已复制为 {form}：每有告警就发这条消息。先设置 DINGTALK_TOKEN 和 DINGTALK_SECRET。</translation>
    </message>
    <message>
        <source>Copied as {form}: it retries this send under its id. First set DINGTALK_TOKEN and DINGTALK_SECRET.</source>
        <translation>已复制为 {form}：用同一个编号重试这次发送。先设置 DINGTALK_TOKEN 和 DINGTALK_SECRET。</translation>
    </message>
    <message>
        <source>Copied as {form}: each run posts the message anew. First set DINGTALK_TOKEN and DINGTALK_SECRET.</source>
        <translation>已复制为 {form}：每运行一次就重新发一条消息。先设置 DINGTALK_TOKEN 和 DINGTALK_SECRET。</translation>
    </message>
</context>
<context>
    <name>SourceBar</name>
    <message>
        <source>Reading {file} …</source>
        <translation>正在读取 {file}…</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Paste rows</source>
        <translation>粘贴表格</translation>
    </message>
    <message>
        <source>Rows that were copied in Excel, WPS or a web page</source>
        <translation>在 Excel、WPS 或网页里复制的行</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>工作表</translation>
    </message>
    <message>
        <source>Row of the headings</source>
        <translation>表头所在行</translation>
    </message>
    <message>
        <source>Headings in row</source>
        <translation>表头在第几行</translation>
    </message>
    <message>
        <source>Robot</source>
        <translation>机器人</translation>
    </message>
    <message>
        <source>Mention</source>
        <translation>提醒</translation>
    </message>
    <message>
        <source>Tables ({kinds})</source>
        <translation>表格 ({kinds})</translation>
    </message>
    <message>
        <source>Choose a table</source>
        <translation>选择表格</translation>
    </message>
    <message>
        <source>What was pasted</source>
        <translation>粘贴的内容</translation>
    </message>
    <message>
        <source>Pasted rows</source>
        <translation>粘贴的表格</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>{name}: {rows}</source>
        <translation>{name}：{rows}</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>请选择…</translation>
    </message>
    <message>
        <source>Column “{heading}”</source>
        <translation>“{heading}”列</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>不提醒任何人</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Choose another one where signs are garbled</source>
        <translation>文字显示为乱码时，换一种编码</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动识别</translation>
    </message>
    <message>
        <source>Simplified Chinese (GB 18030)</source>
        <translation>简体中文（GB 18030）</translation>
    </message>
    <message>
        <source>Traditional Chinese (Big5)</source>
        <translation>繁体中文（Big5）</translation>
    </message>
    <message>
        <source>Where such a cell is empty, its line of the message is left out.</source>
        <translation>单元格为空时，消息里它所在的那一行不写。</translation>
    </message>
    <message>
        <source>May be empty</source>
        <translation>可以为空</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message numerus="yes">
        <source>%n field(s)</source>
        <translation>
            <numerusform>%n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Fields that may be empty: {names}</source>
        <translation>可以为空的内容：{names}</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Show what waits</source>
        <translation>查看等待中的消息</translation>
    </message>
    <message>
        <source>Calls that went out from here, all robots together. Click to set your plan.</source>
        <translation>从这台电脑发出的调用次数，所有机器人合计。点击可以设置公司的版本。</translation>
    </message>
    <message>
        <source>Delivered to {group}</source>
        <translation>已送达“{group}”</translation>
    </message>
    <message>
        <source>{status}: {group}</source>
        <translation>{status}：{group}</translation>
    </message>
    <message>
        <source>What is new in {version}</source>
        <translation>{version} 有哪些新功能</translation>
    </message>
    <message numerus="yes">
        <source>%n robot(s) without a webhook: paste…</source>
        <translation>
            <numerusform>%n 个机器人缺少 Webhook，点此粘贴…</numerusform>
        </translation>
    </message>
    <message>
        <source>{calls} of {limit} this month</source>
        <translation>本月 {calls} / {limit} 次</translation>
    </message>
    <message>
        <source>{left} of {limit} left this minute</source>
        <translation>本分钟还可发送 {left} / {limit} 条</translation>
    </message>
    <message>
        <source>The database is gone: nothing is sent…</source>
        <translation>数据文件不见了，暂停发送…</translation>
    </message>
    <message>
        <source>The database was written anew…</source>
        <translation>数据文件已重新写入…</translation>
    </message>
    <message>
        <source>What does this mean?</source>
        <translation>这是什么意思？</translation>
    </message>
</context>
<context>
    <name>TableConfirmDialog</name>
    <message>
        <source>One message for each row</source>
        <translation>表格每行一条消息</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n 条消息</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>to %n group(s)</source>
        <translation>
            <numerusform>到 %n 个群</numerusform>
        </translation>
    </message>
    <message>
        <source>Send {messages} {groups}?</source>
        <translation>发送 {messages}{groups}？</translation>
    </message>
    <message numerus="yes">
        <source>Send %n message(s)</source>
        <translation>
            <numerusform>发送 %n 条消息</numerusform>
        </translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>All of them may leave at once.</source>
        <translation>可以马上全部发出。</translation>
    </message>
    <message>
        <source>DingTalk takes 20 messages a minute from a robot.</source>
        <translation>钉钉每分钟只接受一个机器人 20 条消息。</translation>
    </message>
    <message numerus="yes">
        <source>It will take about %n minute(s).</source>
        <translation>
            <numerusform>大约需要 %n 分钟。</numerusform>
        </translation>
    </message>
    <message>
        <source>Robots</source>
        <translation>机器人</translation>
    </message>
    <message>
        <source>Robot</source>
        <translation>机器人</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) ping everyone in the group.</source>
        <translation>
            <numerusform>%n 条消息会提醒群里所有人。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) ping somebody.</source>
        <translation>
            <numerusform>其中 %n 条消息会提醒指定的人。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody will be pinged.</source>
        <translation>不会提醒任何人。</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) are left out.</source>
        <translation>
            <numerusform>跳过 %n 行。</numerusform>
        </translation>
    </message>
    <message>
        <source>Not tried in the sandbox.</source>
        <translation>没有在沙箱里试过。</translation>
    </message>
    <message numerus="yes">
        <source>The sandbox refused %n of them.</source>
        <translation>
            <numerusform>沙箱拒绝了其中 %n 条。</numerusform>
        </translation>
    </message>
    <message>
        <source>The sandbox took all of them.</source>
        <translation>沙箱全部接受。</translation>
    </message>
</context>
<context>
    <name>TableRowsModel</name>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Robot</source>
        <translation>机器人</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
</context>
<context>
    <name>TableSend</name>
    <message>
        <source>No robot is called “{words}”.</source>
        <translation>没有叫“{words}”的机器人。</translation>
    </message>
    <message>
        <source>Several robots are called “{words}”.</source>
        <translation>有几个机器人都叫“{words}”。</translation>
    </message>
    <message>
        <source>No robot is named.</source>
        <translation>没有指定机器人。</translation>
    </message>
    <message>
        <source>“{words}” is empty.</source>
        <translation>“{words}”为空。</translation>
    </message>
    <message>
        <source>“{column}” holds the error {words} of a formula.</source>
        <translation>“{column}”列里是公式错误 {words}。</translation>
    </message>
    <message>
        <source>No contact is called “{words}”.</source>
        <translation>联系人里没有“{words}”。</translation>
    </message>
    <message>
        <source>Several contacts are called “{words}”: write a number instead.</source>
        <translation>有几个联系人都叫“{words}”：请改写手机号。</translation>
    </message>
    <message>
        <source>The contact “{words}” has no number.</source>
        <translation>联系人“{words}”没有手机号。</translation>
    </message>
    <message>
        <source>The number {words} is not whole: the sheet rounded or hid some of it.</source>
        <translation>号码 {words} 不完整：表格把它四舍五入或隐藏了一部分。</translation>
    </message>
    <message>
        <source>Messages of this kind mention nobody.</source>
        <translation>这种消息不能提醒任何人。</translation>
    </message>
    <message>
        <source>This row mentions nobody: “{column}” names nobody.</source>
        <translation>这一行不会提醒任何人：“{column}”列没有写要提醒的人。</translation>
    </message>
    <message>
        <source>The same message to the same robot as row {words}.</source>
        <translation>与第 {words} 行发给同一个机器人的消息相同。</translation>
    </message>
    <message>
        <source>{file} cannot be read.</source>
        <translation>{file} 无法读取。</translation>
    </message>
    <message>
        <source>{file} is too large.</source>
        <translation>{file} 太大。</translation>
    </message>
    <message>
        <source>{file} is no table (XLSX, XLS, ODS, CSV), or a broken one.</source>
        <translation>{file} 不是表格（XLSX、XLS、ODS、CSV），或已损坏。</translation>
    </message>
    <message>
        <source>{file} opens with a password only. Save it without one, then choose it again.</source>
        <translation>{file} 有密码。请另存为没有密码的文件，再选择。</translation>
    </message>
    <message>
        <source>There is nothing in this table.</source>
        <translation>这个表格是空的。</translation>
    </message>
    <message>
        <source>There is no row below the headings.</source>
        <translation>表头下面没有数据。</translation>
    </message>
    <message>
        <source>{count} rows are too many: at most {most} go out in one run. Split the table.</source>
        <translation>{count} 行太多：一次最多发 {most} 行。请拆分表格。</translation>
    </message>
    <message>
        <source>{count} columns are too many: at most {most} can be read.</source>
        <translation>{count} 列太多：最多能读 {most} 列。</translation>
    </message>
    <message>
        <source>What stands above the headings is passed over.</source>
        <translation>表头上面的内容不使用。</translation>
    </message>
    <message>
        <source>Two rows of headings were joined.</source>
        <translation>两行表头已合并。</translation>
    </message>
    <message>
        <source>Headings that are there twice are called {names} now.</source>
        <translation>重复的表头改名为 {names}。</translation>
    </message>
    <message>
        <source>Columns without a heading are called {names}.</source>
        <translation>没有表头的列称为 {names}。</translation>
    </message>
    <message>
        <source>Each row of a merged cell gets what stands in it.</source>
        <translation>合并单元格的内容填到了每一行。</translation>
    </message>
    <message>
        <source>Left out: it could not be sent</source>
        <translation>跳过：无法发送</translation>
    </message>
    <message>
        <source>Left out by hand</source>
        <translation>手动跳过</translation>
    </message>
    <message>
        <source>Left out: its robot is gone</source>
        <translation>跳过：机器人已不在</translation>
    </message>
    <message>
        <source>Taken out of the queue</source>
        <translation>已从队列中取消</translation>
    </message>
    <message>
        <source>{field}: {problem}</source>
        <translation>{field}：{problem}</translation>
    </message>
    <message>
        <source>No column is called as {fields}.</source>
        <translation>表格里没有与 {fields} 同名的列。</translation>
    </message>
    <message>
        <source>The sandbox took it</source>
        <translation>沙箱已接受</translation>
    </message>
    <message>
        <source>The sandbox: {words}</source>
        <translation>沙箱：{words}</translation>
    </message>
    <message>
        <source>Not sent yet</source>
        <translation>尚未发出</translation>
    </message>
    <message>
        <source>{count} delivered</source>
        <translation>{count} 条已送达</translation>
    </message>
    <message>
        <source>{count} refused</source>
        <translation>{count} 条被拒绝</translation>
    </message>
    <message>
        <source>{count} not sent</source>
        <translation>{count} 条未发出</translation>
    </message>
    <message>
        <source>{count} unknown</source>
        <translation>{count} 条结果未知</translation>
    </message>
    <message>
        <source>{count} cancelled</source>
        <translation>{count} 条已取消</translation>
    </message>
    <message>
        <source>{count} on their way</source>
        <translation>{count} 条正在发送</translation>
    </message>
    <message>
        <source>{count} still to be sent</source>
        <translation>{count} 条等待发送</translation>
    </message>
    <message>
        <source>The sheet hides {names} of these rows: they are sent as well, unless you clear them.</source>
        <translation>表格里有 {names} 行被隐藏：也会发送，不想发就取消勾选。</translation>
    </message>
</context>
<context>
    <name>TableSendDialog</name>
    <message>
        <source>One message for each row</source>
        <translation>表格每行一条消息</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Only rows with findings</source>
        <translation>只看有问题的行</translation>
    </message>
    <message>
        <source>Try in the sandbox</source>
        <translation>在沙箱里试一遍</translation>
    </message>
    <message>
        <source>Posts every row to a sandbox with the robots&apos; own rules; nothing leaves.</source>
        <translation>把每一行发到一个临时沙箱，按机器人各自的安全设置检查，不会真正发出。</translation>
    </message>
    <message>
        <source>Another table…</source>
        <translation>换一个表格…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>The rows go on being sent. The same action shows how far they are.</source>
        <translation>仍在继续发送。再次打开“表格每行一条消息”可以看进度。</translation>
    </message>
    <message>
        <source>Write the message first, with {{name}} where a column&apos;s words go.</source>
        <translation>请先写消息，在需要填入某列内容的地方写 {{姓名}} 这样的字段。</translation>
    </message>
    <message>
        <source>Choose a table, or paste its rows. Each column fills the field of its name: {{name}} in the message becomes what stands below the heading “name”.</source>
        <translation>选择表格，或粘贴表格里的行。每一列填入同名的字段：消息里的 {{姓名}} 会换成表头“姓名”下面的内容。</translation>
    </message>
    <message>
        <source>Looking at row {made} of {count} …</source>
        <translation>正在检查第 {made} 行，共 {count} 行…</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>可以发送</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) will be sent.</source>
        <translation>
            <numerusform>将发送 %n 行。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) are left out.</source>
        <translation>
            <numerusform>跳过 %n 行。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) mention nobody.</source>
        <translation>
            <numerusform>有 %n 行不会提醒任何人。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send %n message(s)…</source>
        <translation>
            <numerusform>发送 %n 条消息…</numerusform>
        </translation>
    </message>
    <message>
        <source>No row has findings.</source>
        <translation>每一行都没有问题。</translation>
    </message>
    <message>
        <source>Trying …</source>
        <translation>正在试…</translation>
    </message>
    <message>
        <source>No sandbox could be started on this computer.</source>
        <translation>这台电脑上无法启动沙箱。</translation>
    </message>
    <message>
        <source>The sandbox took {taken} of {count}. Nothing left this computer.</source>
        <translation>共 {count} 条，沙箱接受了 {taken} 条。没有任何内容离开这台电脑。</translation>
    </message>
    <message>
        <source>Pasted rows</source>
        <translation>粘贴的表格</translation>
    </message>
    <message>
        <source>Waits</source>
        <translation>等待发送</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Another run is under way, here or in another program.</source>
        <translation>这里或另一个程序正在发送另一张表格。</translation>
    </message>
    <message>
        <source>{name} with outcomes</source>
        <translation>{name}发送结果</translation>
    </message>
    <message>
        <source>Excel workbook (*.xlsx);;CSV (*.csv)</source>
        <translation>Excel 工作簿 (*.xlsx);;CSV (*.csv)</translation>
    </message>
    <message>
        <source>Save a copy</source>
        <translation>保存副本</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>发送结果</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Saved as {file}.</source>
        <translation>已保存为 {file}。</translation>
    </message>
    <message>
        <source>{file} could not be written. Choose another folder, then try again.</source>
        <translation>{file} 无法写入。请换一个文件夹再试。</translation>
    </message>
</context>
<context>
    <name>Tally</name>
    <message>
        <source>{count} of {total} delivered</source>
        <translation>共 {total} 个群，{count} 个已送达</translation>
    </message>
    <message>
        <source>{count} refused</source>
        <translation>{count} 个被拒绝</translation>
    </message>
    <message>
        <source>{count} not sent</source>
        <translation>{count} 个未发出</translation>
    </message>
    <message>
        <source>{count} unknown</source>
        <translation>{count} 个结果未知</translation>
    </message>
    <message>
        <source>{count} cancelled</source>
        <translation>{count} 个已取消</translation>
    </message>
    <message>
        <source>{count} on their way</source>
        <translation>{count} 个正在发送</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>An unknown one may have arrived: it is not sent again with the others. Check the group, or open its details to retry it safely.</source>
        <translation>结果未知的消息可能已经送达，不会和其他的一起重发。请先到群里确认，或打开详情安全重试。</translation>
    </message>
    <message>
        <source>In {count} parts: {outcomes}</source>
        <translation>分 {count} 条发送：{outcomes}</translation>
    </message>
    <message>
        <source>Where the answer was “busy” at every attempt it may have arrived: check the group, or open its details to retry it safely.</source>
        <translation>每次都回复“系统繁忙”的，也可能已经送达：请到群里确认，或打开详情安全重试。</translation>
    </message>
</context>
<context>
    <name>TargetSelector</name>
    <message>
        <source>The default mentions of {group} were filled in.</source>
        <translation>已填入“{group}”默认 @ 的成员。</translation>
    </message>
    <message>
        <source>{group} has no default mentions; those of the last group were removed.</source>
        <translation>“{group}”没有默认 @ 的成员，上一个群的已移除。</translation>
    </message>
</context>
<context>
    <name>TemplateLauncher</name>
    <message>
        <source>Write a message first: it becomes the template.</source>
        <translation>请先写好消息，再存为模板。</translation>
    </message>
    <message>
        <source>Kept as the template “{name}”.</source>
        <translation>已存为模板“{name}”。</translation>
    </message>
    <message>
        <source>Filled in from the template. Undo takes it out again.</source>
        <translation>已按模板填好，撤销可以恢复。</translation>
    </message>
    <message>
        <source>Shared folder</source>
        <translation>共享文件夹</translation>
    </message>
    <message>
        <source>Write {example} where something is to be filled in, then keep it as a template.</source>
        <translation>在要填写的地方写上 {example}，改好后存为模板。</translation>
    </message>
    <message>
        <source>Take a template from a file</source>
        <translation>从文件导入模板</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Templates (*{ending})</source>
        <translation>模板 (*{ending})</translation>
    </message>
    <message>
        <source>Save the template</source>
        <translation>导出模板</translation>
    </message>
    <message>
        <source>Saved as {file}.</source>
        <translation>已保存为 {file}。</translation>
    </message>
    <message>
        <source>Delete the template “{name}”?</source>
        <translation>删除模板“{name}”？</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Messages that were made with it stay.</source>
        <translation>用它写好的消息不受影响。</translation>
    </message>
    <message>
        <source>The file could not be written.</source>
        <translation>文件没有写成功。</translation>
    </message>
</context>
<context>
    <name>Templates</name>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Choice</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Keyword</source>
        <translation>关键词</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Tomorrow</source>
        <translation>明天</translation>
    </message>
    <message>
        <source>Weekday</source>
        <translation>星期</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>第几周</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>My name</source>
        <translation>我的名字</translation>
    </message>
    <message>
        <source>Name of the group</source>
        <translation>群名</translation>
    </message>
    <message>
        <source>Next working day</source>
        <translation>下一个工作日</translation>
    </message>
    <message>
        <source>name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>This file is no template of DingComposer.</source>
        <translation>这个文件不是 DingComposer 的模板。</translation>
    </message>
    <message>
        <source>It was written by a newer version of DingComposer.</source>
        <translation>这个模板是更新版本的 DingComposer 保存的。</translation>
    </message>
    <message>
        <source>The template has no name.</source>
        <translation>模板没有名称。</translation>
    </message>
    <message>
        <source>The field “{place}” cannot be read.</source>
        <translation>填写项“{place}”无法识别。</translation>
    </message>
    <message>
        <source>Its message cannot be read: see “{place}”.</source>
        <translation>模板里的消息无法识别，请看“{place}”。</translation>
    </message>
    <message>
        <source>It holds no message.</source>
        <translation>模板里没有消息。</translation>
    </message>
    <message>
        <source>China&apos;s working days are known from {first} to {last}; of other years nothing is guessed.</source>
        <translation>已收录 {first}—{last} 年的放假安排，其他年份不推算，请自己填。</translation>
    </message>
</context>
<context>
    <name>TemplatesDialog</name>
    <message>
        <source>Templates</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Search the templates</source>
        <translation>搜索模板</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>The message as the group will see it</source>
        <translation>群里看到的消息</translation>
    </message>
    <message>
        <source>Use this template</source>
        <translation>使用模板</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>What else can be done with templates</source>
        <translation>模板的其他操作</translation>
    </message>
    <message>
        <source>My templates</source>
        <translation>我的模板</translation>
    </message>
    <message>
        <source>Cannot be read: {files}</source>
        <translation>无法识别：{files}</translation>
    </message>
    <message>
        <source>No template is called so</source>
        <translation>没有找到模板</translation>
    </message>
    <message>
        <source>Robot</source>
        <translation>机器人</translation>
    </message>
    <message>
        <source>Title in the conversation list: {title}</source>
        <translation>会话列表里的标题：{title}</translation>
    </message>
    <message>
        <source>Still empty: {names}</source>
        <translation>还没填：{names}</translation>
    </message>
    <message>
        <source>Keep the draft as a template…</source>
        <translation>把草稿存为模板…</translation>
    </message>
    <message>
        <source>Write on this template</source>
        <translation>修改这个模板</translation>
    </message>
    <message>
        <source>Save as a file…</source>
        <translation>导出为文件…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Take one from a file…</source>
        <translation>从文件导入…</translation>
    </message>
    <message>
        <source>Choose a shared folder…</source>
        <translation>选择共享文件夹…</translation>
    </message>
    <message>
        <source>Leave the shared folder</source>
        <translation>不再使用共享文件夹</translation>
    </message>
    <message>
        <source>Send at a time…</source>
        <translation>定时发送…</translation>
    </message>
    <message>
        <source>Today&apos;s date and the like are filled in anew each time</source>
        <translation>今天的日期之类每次重新填入</translation>
    </message>
</context>
<context>
    <name>TestMessages</name>
    <message>
        <source>Send test messages</source>
        <translation>发送测试消息</translation>
    </message>
    <message>
        <source>Test messages</source>
        <translation>测试消息</translation>
    </message>
    <message>
        <source>Each is posted to the group, says that it is a test, and appears in the history.</source>
        <translation>每条都会发到群里，注明是测试，并记入发送记录。</translation>
    </message>
    <message>
        <source>Handed over. The history shows the outcome.</source>
        <translation>已开始发送，结果见发送记录。</translation>
    </message>
    <message>
        <source>Post test messages to the production group {group}?</source>
        <translation>要向正式群“{group}”发送测试消息吗？</translation>
    </message>
    <message>
        <source>Kinds: {kinds}</source>
        <translation>类型：{kinds}</translation>
    </message>
    <message>
        <source>Post them</source>
        <translation>发送</translation>
    </message>
</context>
<context>
    <name>Time</name>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message>
        <source>{minutes} min ago</source>
        <translation>{minutes} 分钟前</translation>
    </message>
    <message>
        <source>d MMM</source>
        <translation>M 月 d 日</translation>
    </message>
</context>
<context>
    <name>Tokens</name>
    <message>
        <source>This is not the webhook that {name} had.</source>
        <translation>这不是“{name}”原来的 Webhook。</translation>
    </message>
    <message>
        <source>From now on its messages go wherever this webhook leads. That is right if the robot was set up anew, or its webhook was reset. What still waits, or is unknown, was meant for the webhook before and is not sent to this one.</source>
        <translation>以后它的消息都会发到这个 Webhook 对应的群。如果机器人是重新添加的，或者 Webhook 被重置过，那就没错。还在排队的、结果未知的消息是要发到原来那个 Webhook 的，不会发到新的这个。</translation>
    </message>
    <message>
        <source>This webhook already belongs to {names}.</source>
        <translation>这个 Webhook 已经属于“{names}”。</translation>
    </message>
    <message>
        <source>Whatever you send to {name} would arrive in the group of {names}. In the group that you mean, copy the webhook from the settings of its own robot.</source>
        <translation>发给“{name}”的消息会出现在“{names}”的群里。请到你要发的那个群，从它自己的机器人设置里复制 Webhook。</translation>
    </message>
    <message>
        <source>Use it for both all the same</source>
        <translation>仍然两个都用它</translation>
    </message>
    <message>
        <source>Yes, the new webhook is right</source>
        <translation>是的，新的 Webhook 没错</translation>
    </message>
    <message>
        <source>Is this the right webhook?</source>
        <translation>Webhook 对吗？</translation>
    </message>
    <message>
        <source>Behind access_token= a webhook of DingTalk&apos;s has {usual} characters, 0–9 and a–f; this one has {count}.</source>
        <translation>钉钉的 Webhook 在 access_token= 后面有 {usual} 位，由 0–9 和 a–f 组成；这里是 {count} 位。</translation>
    </message>
    <message>
        <source>Behind access_token= a webhook of DingTalk&apos;s has 0–9 and a–f alone; this one has other characters.</source>
        <translation>钉钉的 Webhook 在 access_token= 后面只有 0–9 和 a–f；这里还有别的字符。</translation>
    </message>
    <message>
        <source>A secret is SEC and {usual} characters, 0–9 and a–f; this one is not.</source>
        <translation>密钥是 SEC 加 {usual} 位，由 0–9 和 a–f 组成；这里不是。</translation>
    </message>
    <message>
        <source>If a part was lost, or changed on its way, no message arrives. Copy it again with DingTalk&apos;s own button. A company&apos;s own DingTalk may have others.</source>
        <translation>如果少了一段，或者在复制、转发时变了样，消息就发不到群里。请在钉钉里点“复制”按钮重新复制。专有钉钉的可能不一样。</translation>
    </message>
    <message>
        <source>Is it complete?</source>
        <translation>是否完整</translation>
    </message>
    <message>
        <source>What you pasted does not look complete.</source>
        <translation>粘贴的内容看起来不完整。</translation>
    </message>
    <message>
        <source>It is complete: save it</source>
        <translation>是完整的，保存</translation>
    </message>
</context>
<context>
    <name>Toolbar</name>
    <message>
        <source>Formatting</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Bold</source>
        <translation>加粗</translation>
    </message>
    <message>
        <source>Italic</source>
        <translation>斜体</translation>
    </message>
    <message>
        <source>Heading</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Heading {level}</source>
        <translation>{level} 级标题</translation>
    </message>
    <message>
        <source>No heading</source>
        <translation>正文</translation>
    </message>
    <message>
        <source>Quote</source>
        <translation>引用</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Bulleted list</source>
        <translation>无序列表</translation>
    </message>
    <message>
        <source>Numbered list</source>
        <translation>有序列表</translation>
    </message>
    <message>
        <source>Divider</source>
        <translation>分割线</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红色</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>橙色</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>Blue, as a mention</source>
        <translation>蓝色（同 @）</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>灰色</translation>
    </message>
    <message>
        <source>No colour</source>
        <translation>默认颜色</translation>
    </message>
    <message>
        <source>Mention</source>
        <translation>@ 成员</translation>
    </message>
    <message>
        <source>Add people to mention…</source>
        <translation>添加要 @ 的成员…</translation>
    </message>
    <message>
        <source>Add more people…</source>
        <translation>继续添加成员…</translation>
    </message>
</context>
<context>
    <name>TopPicture</name>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
</context>
<context>
    <name>TrayIcon</name>
    <message>
        <source>Open DingComposer</source>
        <translation>打开 DingComposer</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
</context>
<context>
    <name>TwoSendsDialog</name>
    <message>
        <source>Two messages side by side</source>
        <translation>左右并排对比两条消息</translation>
    </message>
    <message>
        <source>The message is the same, letter by letter.</source>
        <translation>消息一字不差。</translation>
    </message>
    <message>
        <source>What is different</source>
        <translation>不同之处</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>different</source>
        <translation>不同</translation>
    </message>
    <message>
        <source>{status}.</source>
        <translation>{status}。</translation>
    </message>
    <message>
        <source>Written down</source>
        <translation>记录时间</translation>
    </message>
    <message>
        <source>Robot</source>
        <translation>机器人</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回复</translation>
    </message>
    <message>
        <source>How often it was sent</source>
        <translation>发送次数</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>SHA-256 without msgUuid</source>
        <translation>不含 msgUuid 的 SHA-256</translation>
    </message>
</context>
<context>
    <name>UpkeepDialog</name>
    <message>
        <source>Keep and back up the history</source>
        <translation>保留和备份发送记录</translation>
    </message>
    <message>
        <source>How long</source>
        <translation>保留多久</translation>
    </message>
    <message>
        <source>A person</source>
        <translation>按人员</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Deleting: {done} of {total}</source>
        <translation>正在删除：{done} / {total}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) deleted for good.</source>
        <translation>
            <numerusform>已彻底删除 %Ln 条消息。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Verdicts</name>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>发送中</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>已送达</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>未发出</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>结果未知</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>The signature does not match.</source>
        <translation>签名对不上。</translation>
    </message>
    <message>
        <source>This computer&apos;s public address is not in the robot&apos;s address list.</source>
        <translation>这台电脑的公网 IP 不在机器人的 IP 地址（段）里。</translation>
    </message>
    <message>
        <source>The robot is disabled.</source>
        <translation>机器人已停用。</translation>
    </message>
    <message>
        <source>The robot is no longer in the group.</source>
        <translation>机器人已不在群里。</translation>
    </message>
    <message>
        <source>The group was dissolved.</source>
        <translation>群已解散。</translation>
    </message>
    <message>
        <source>A required field is missing or empty.</source>
        <translation>有必填的内容没有填。</translation>
    </message>
    <message>
        <source>The address must begin with https.</source>
        <translation>地址必须以 https 开头。</translation>
    </message>
    <message>
        <source>The webhook&apos;s address does not exist.</source>
        <translation>Webhook 地址不存在。</translation>
    </message>
    <message>
        <source>In this group only the owner and admins may mention everyone.</source>
        <translation>这个群只有群主和管理员可以 @所有人。</translation>
    </message>
    <message>
        <source>This robot is not allowed to send.</source>
        <translation>这个机器人没有发送权限。</translation>
    </message>
    <message>
        <source>An earlier attempt may have been delivered.</source>
        <translation>之前的某一次可能已经送达。</translation>
    </message>
    <message>
        <source>(DingTalk is not known to use this number.)</source>
        <translation>（没见过钉钉用这个编号。）</translation>
    </message>
    <message>
        <source>The message contains none of the robot&apos;s keywords.</source>
        <translation>消息里缺少这个群要求的关键词。</translation>
    </message>
    <message>
        <source>No connection was made in the time allowed.</source>
        <translation>连接超时。</translation>
    </message>
    <message>
        <source>No secure connection could be made.</source>
        <translation>无法建立安全连接。</translation>
    </message>
    <message>
        <source>The proxy cannot be reached.</source>
        <translation>无法连接代理。</translation>
    </message>
    <message>
        <source>The proxy asks for a password.</source>
        <translation>代理要求输入密码。</translation>
    </message>
    <message>
        <source>The proxy refused the connection.</source>
        <translation>代理拒绝连接。</translation>
    </message>
    <message>
        <source>The proxy&apos;s address cannot be used.</source>
        <translation>代理地址无效。</translation>
    </message>
    <message>
        <source>The webhook&apos;s address cannot be used.</source>
        <translation>Webhook 地址无效。</translation>
    </message>
    <message>
        <source>The message contains half a character, which cannot be sent.</source>
        <translation>消息里有不完整的字符，无法发送。</translation>
    </message>
    <message>
        <source>The robot has another webhook now than when this was confirmed, so this attempt did not leave: it could have reached another group.</source>
        <translation>确认发送之后，这个机器人换了 Webhook，所以这一次没有发出：否则可能会发到别的群。</translation>
    </message>
    <message>
        <source>The program ended before it was this message&apos;s turn.</source>
        <translation>还没轮到这条消息，程序就关闭了。</translation>
    </message>
    <message>
        <source>It was sent, but no answer came in the time allowed.</source>
        <translation>已发出，但一直没有等到回复。</translation>
    </message>
    <message>
        <source>It was sent, but the connection broke before an answer came.</source>
        <translation>已发出，但还没收到回复，连接就断了。</translation>
    </message>
    <message>
        <source>It was sent, but the answer broke off halfway.</source>
        <translation>已发出，但回复到一半断了。</translation>
    </message>
    <message>
        <source>It was sent, but the answer was empty.</source>
        <translation>已发出，但回复是空的。</translation>
    </message>
    <message>
        <source>The program was closed while waiting for the answer.</source>
        <translation>等待回复时程序被关闭。</translation>
    </message>
    <message>
        <source>The next attempt was cancelled. An earlier one may have been delivered.</source>
        <translation>下一次发送已取消，之前的可能已经送达。</translation>
    </message>
    <message>
        <source>It cannot be recalled; if it is wrong, write a correction.</source>
        <translation>消息无法撤回；如有错误，请写一条更正。</translation>
    </message>
    <message>
        <source>Put one of the keywords into the text, exactly as it is set; in the title alone it may not count.</source>
        <translation>请在正文里加上一个关键词，要和设置的一字不差；只写在标题里不一定算数。</translation>
    </message>
    <message>
        <source>Copy the secret that begins with SEC from the robot&apos;s settings again.</source>
        <translation>请从机器人设置里重新复制以 SEC 开头的密钥。</translation>
    </message>
    <message>
        <source>Copy the webhook from the robot&apos;s settings again; it may have been reset.</source>
        <translation>请从机器人设置里重新复制 Webhook，它可能已被重置。</translation>
    </message>
    <message>
        <source>Add a robot to the group again.</source>
        <translation>请在群里重新添加机器人。</translation>
    </message>
    <message>
        <source>Archive this robot; its group is gone.</source>
        <translation>群已不存在，可以归档这个机器人。</translation>
    </message>
    <message>
        <source>If the new webhook is right, open the message as a new one and send it; if not, edit the robot.</source>
        <translation>如果新的 Webhook 是对的，请把这条消息“再发一次”；如果不对，请编辑机器人。</translation>
    </message>
    <message>
        <source>If it happens again, report it together with the log.</source>
        <translation>如果再次出现，请附上日志反馈。</translation>
    </message>
    <message>
        <source>It went out without a signature, for no secret is stored here. Copy the secret that begins with SEC from the robot&apos;s settings.</source>
        <translation>发出时没有加签，因为这里没有保存密钥。请从机器人设置中复制以 SEC 开头的加签密钥。</translation>
    </message>
    <message>
        <source>Check the group before you send it again.</source>
        <translation>重新发送前，请先到群里确认。</translation>
    </message>
    <message>
        <source>It was accepted on this computer, not by DingTalk.</source>
        <translation>这台电脑上的程序收下了，没有发给钉钉。</translation>
    </message>
    <message>
        <source>The answer&apos;s own words: {words}</source>
        <translation>回复原文：{words}</translation>
    </message>
    <message>
        <source>Try other words.</source>
        <translation>请换一种说法。</translation>
    </message>
    <message>
        <source>Close other programs, or start this one anew, then send it again.</source>
        <translation>请关闭其他程序，或重新启动本程序，然后重新发送。</translation>
    </message>
    <message>
        <source>Check where the file is and what is in it.</source>
        <translation>请检查文件的位置和内容。</translation>
    </message>
    <message>
        <source>Unlock it, then send again.</source>
        <translation>请解锁，然后重新发送。</translation>
    </message>
    <message>
        <source>See whether it is asking for a password in another window, then send again.</source>
        <translation>请看看它是不是在别的窗口等你输入密码，然后重新发送。</translation>
    </message>
    <message>
        <source>Send again; if that does not help, edit the robot and paste its webhook.</source>
        <translation>请重新发送；如果仍不行，请编辑机器人并粘贴 Webhook。</translation>
    </message>
    <message>
        <source>Delete the character and type it again.</source>
        <translation>请删除这个字符后重新输入。</translation>
    </message>
    <message>
        <source>Copy the webhook from the robot&apos;s settings again.</source>
        <translation>请从机器人设置里重新复制 Webhook。</translation>
    </message>
    <message>
        <source>{status}: {group}</source>
        <translation>{status}：{group}</translation>
    </message>
    <message>
        <source>It was cancelled before anything left.</source>
        <translation>发出之前已取消。</translation>
    </message>
    <message>
        <source>Open it as a new message to send it after all.</source>
        <translation>仍要发送，请点“再发一次”。</translation>
    </message>
    <message>
        <source>Wait {minutes} min, then send it again.</source>
        <translation>请等待 {minutes} 分钟，然后重新发送。</translation>
    </message>
    <message>
        <source>Robots of external groups and of special kinds of groups are said to be answered like this too.</source>
        <translation>据说外部群和一些特殊群的机器人也会收到这种回复。</translation>
    </message>
    <message>
        <source>DingTalk&apos;s own words: {words}</source>
        <translation>钉钉原话：{words}</translation>
    </message>
    <message>
        <source>The history could not be written, so nothing was sent.</source>
        <translation>发送记录写不进去，所以没有发送。</translation>
    </message>
    <message>
        <source>The program ended while this message was on its way.</source>
        <translation>消息正在发送时，程序关闭了。</translation>
    </message>
    <message>
        <source>Set this computer&apos;s clock, then send again.</source>
        <translation>请校准这台电脑的时间，然后重新发送。</translation>
    </message>
    <message>
        <source>Choose one of the six kinds.</source>
        <translation>请选择六种消息类型之一。</translation>
    </message>
    <message>
        <source>Add this computer&apos;s public address to the robot&apos;s list, or stop using the proxy.</source>
        <translation>请把这台电脑的公网 IP 加入机器人的 IP 地址（段），或停用代理。</translation>
    </message>
    <message>
        <source>An admin of your company must enable it in DingTalk&apos;s open platform.</source>
        <translation>需要企业管理员在钉钉开放平台上启用它。</translation>
    </message>
    <message>
        <source>Fill in what is empty: title, text, links.</source>
        <translation>请填写空着的内容：标题、正文、链接。</translation>
    </message>
    <message>
        <source>Copy the webhook from the robot&apos;s settings.</source>
        <translation>请从机器人设置里复制 Webhook。</translation>
    </message>
    <message>
        <source>Send it again after ten minutes.</source>
        <translation>请在十分钟后重新发送。</translation>
    </message>
    <message>
        <source>Shorten it, or send it in two parts.</source>
        <translation>请缩短，或分两条发送。</translation>
    </message>
    <message>
        <source>Take the link out, or use another address.</source>
        <translation>请去掉这个链接，或更换地址。</translation>
    </message>
    <message>
        <source>Use another picture.</source>
        <translation>请更换图片。</translation>
    </message>
    <message>
        <source>Leave @everyone out, or ask an admin to allow it.</source>
        <translation>请去掉 @所有人，或请管理员开放权限。</translation>
    </message>
    <message>
        <source>Ask the group&apos;s owner or an admin.</source>
        <translation>请联系群主或管理员。</translation>
    </message>
    <message>
        <source>Wait, then send it again.</source>
        <translation>请等一会儿再发送。</translation>
    </message>
    <message>
        <source>The words of the answer are all that is known.</source>
        <translation>目前只能参考回复的原文。</translation>
    </message>
    <message>
        <source>Check the network, then send it again.</source>
        <translation>请检查网络，然后重新发送。</translation>
    </message>
    <message>
        <source>Check this computer&apos;s clock first.</source>
        <translation>请先检查这台电脑的时间。</translation>
    </message>
    <message>
        <source>Check the proxy&apos;s address.</source>
        <translation>请检查代理地址。</translation>
    </message>
    <message>
        <source>Ask who runs the proxy.</source>
        <translation>请联系代理的管理员。</translation>
    </message>
    <message>
        <source>Edit the robot and paste its webhook.</source>
        <translation>请编辑机器人并粘贴 Webhook。</translation>
    </message>
    <message>
        <source>Open it from the history and send it.</source>
        <translation>请从发送记录中打开并发送。</translation>
    </message>
    <message>
        <source>The robot has no webhook.</source>
        <translation>机器人没有 Webhook。</translation>
    </message>
    <message>
        <source>What was to go out before it did not arrive, so it was stopped there.</source>
        <translation>排在它前面的一条没有送达，所以在那里停下了。</translation>
    </message>
    <message>
        <source>Set right what went wrong there, then send what is missing.</source>
        <translation>请先解决那一条的问题，再补发没送达的。</translation>
    </message>
    <message>
        <source>Add the address that {who} names ({address}) to the robot&apos;s list, or stop using the proxy.</source>
        <translation>请把{who}指出的 IP（{address}）加入机器人的 IP 地址（段），或停用代理。</translation>
    </message>
    <message>
        <source>Fill in what {who} found missing: {field}.</source>
        <translation>{who}说缺少这一项，请填写：{field}。</translation>
    </message>
    <message>
        <source>It was refused in words that are not known here.</source>
        <translation>被拒绝，这种说法没有见过。</translation>
    </message>
    <message>
        <source>{Who} was busy. It may have accepted the message anyway.</source>
        <translation>{Who}说系统繁忙，但消息可能已经收下了。</translation>
    </message>
    <message>
        <source>The server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>the server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>DingTalk</source>
        <translation>钉钉</translation>
    </message>
    <message>
        <source>The sandbox</source>
        <translation>沙箱</translation>
    </message>
    <message>
        <source>the sandbox</source>
        <translation>沙箱</translation>
    </message>
    <message>
        <source>It will be tried again automatically at {time}.</source>
        <translation>{time} 会自动再试一次。</translation>
    </message>
    <message>
        <source>Check the network, and the address in the webhook.</source>
        <translation>请检查网络和 Webhook 地址。</translation>
    </message>
    <message>
        <source>Check the address in the webhook, then send it again.</source>
        <translation>请检查 Webhook 地址，然后重新发送。</translation>
    </message>
    <message>
        <source>{Who} accepted the message.</source>
        <translation>{Who}已接收消息。</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is more than an hour off {who}&apos;s.</source>
        <translation>这台电脑的时间和{who}的时间相差超过 1 小时。</translation>
    </message>
    <message>
        <source>{Who} does not know this webhook.</source>
        <translation>{Who}不认识这个 Webhook。</translation>
    </message>
    <message>
        <source>{Who} does not accept this type of message.</source>
        <translation>{Who}不支持这种消息类型。</translation>
    </message>
    <message>
        <source>{Who} could not read the message as it arrived.</source>
        <translation>消息送到时，{Who}读不懂它。</translation>
    </message>
    <message>
        <source>The webhook&apos;s address takes no messages.</source>
        <translation>这个 Webhook 地址收不了消息。</translation>
    </message>
    <message>
        <source>The message was not accepted in the form in which it arrived.</source>
        <translation>消息送到时的格式不被接受。</translation>
    </message>
    <message>
        <source>More than 20 messages in a minute: {who} has throttled this robot.</source>
        <translation>一分钟内超过 20 条消息，{who}暂停了这个机器人。</translation>
    </message>
    <message>
        <source>The message is too long: about 6 600 Chinese characters fit.</source>
        <translation>消息太长，最多放得下约 6600 个汉字。</translation>
    </message>
    <message>
        <source>{Who} was busy at every attempt. It may have accepted the message anyway.</source>
        <translation>每次发送{Who}都说系统繁忙，但消息可能已经收下了。</translation>
    </message>
    <message>
        <source>{Who} considers a link unsafe.</source>
        <translation>{Who}认为里面的链接不安全。</translation>
    </message>
    <message>
        <source>{Who}&apos;s content review refused the text.</source>
        <translation>{Who}的内容审核拒绝了其中的文字。</translation>
    </message>
    <message>
        <source>{Who}&apos;s content review refused a picture.</source>
        <translation>{Who}的内容审核拒绝了其中的图片。</translation>
    </message>
    <message>
        <source>{Who}&apos;s content review refused the message.</source>
        <translation>{Who}的内容审核拒绝了这条消息。</translation>
    </message>
    <message>
        <source>{Who} has banned this computer&apos;s public address for too many calls.</source>
        <translation>发送太频繁，{Who}已封禁这台电脑的公网 IP。</translation>
    </message>
    <message>
        <source>It was refused for a reason that is not known here.</source>
        <translation>被拒绝，原因没有见过。</translation>
    </message>
    <message>
        <source>The webhook&apos;s server was not found.</source>
        <translation>找不到 Webhook 里的服务器。</translation>
    </message>
    <message>
        <source>The server refused the connection.</source>
        <translation>服务器拒绝连接。</translation>
    </message>
    <message>
        <source>Too many files and connections are open on this computer to make another (no handles are left).</source>
        <translation>这台电脑打开的文件和连接太多，无法再建立新连接。</translation>
    </message>
    <message>
        <source>The network does not lead to the server.</source>
        <translation>网络无法到达服务器。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not valid at this time.</source>
        <translation>服务器的证书现在不在有效期内。</translation>
    </message>
    <message>
        <source>The server presented another server&apos;s certificate.</source>
        <translation>服务器出示的是别的服务器的证书。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not trusted on this computer.</source>
        <translation>这台电脑不信任服务器的证书。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is faulty.</source>
        <translation>服务器的证书有问题。</translation>
    </message>
    <message>
        <source>The server could not be reached.</source>
        <translation>无法连接服务器。</translation>
    </message>
    <message>
        <source>The file of trusted certificates cannot be read.</source>
        <translation>无法读取受信任的证书文件。</translation>
    </message>
    <message>
        <source>This computer has no password store, and the webhook was not pasted in this run.</source>
        <translation>这台电脑没有系统密码库，这次运行中也没有粘贴 Webhook。</translation>
    </message>
    <message>
        <source>The computer&apos;s password store is locked.</source>
        <translation>系统密码库已锁定。</translation>
    </message>
    <message>
        <source>The computer&apos;s password store did not answer in time.</source>
        <translation>系统密码库没有及时反应。</translation>
    </message>
    <message>
        <source>The computer&apos;s password store failed or refused.</source>
        <translation>系统密码库出错或拒绝了。</translation>
    </message>
    <message>
        <source>Something went wrong in this program.</source>
        <translation>程序内部出错了。</translation>
    </message>
    <message>
        <source>It was sent, but the answer was far longer than any of DingTalk&apos;s.</source>
        <translation>已发出，但回复太长，不可能来自钉钉。</translation>
    </message>
    <message>
        <source>It was sent, but what came back is not what DingTalk answers.</source>
        <translation>已发出，但收到的不是钉钉那样的回复。</translation>
    </message>
    <message>
        <source>It was sent, but the answer cannot be understood.</source>
        <translation>已发出，但收到的回复看不懂。</translation>
    </message>
    <message>
        <source>It was sent, but the server pointed to another address, which was not followed.</source>
        <translation>已发出，但服务器要求转到别的地址，程序没有照做。</translation>
    </message>
    <message>
        <source>It was sent, but what the server answered does not say that it was delivered.</source>
        <translation>已发出，但服务器的回复不能说明消息已送达。</translation>
    </message>
    <message>
        <source>Something on the way may have changed it; ask who looks after your company&apos;s network.</source>
        <translation>内容可能在路上被改动，请联系公司的网络管理员。</translation>
    </message>
    <message>
        <source>Check the address in the webhook.</source>
        <translation>请检查 Webhook 地址。</translation>
    </message>
    <message>
        <source>Ask who looks after your company&apos;s network: its certificate may have to be trusted here.</source>
        <translation>请联系公司的网络管理员：可能需要让这台电脑信任公司的证书。</translation>
    </message>
    <message>
        <source>Look whether the disk is full or the data folder may only be read, then send it again.</source>
        <translation>请看看磁盘是否已满、数据文件夹能否写入，然后重新发送。</translation>
    </message>
</context>
<context>
    <name>VerificationDialog</name>
    <message>
        <source>Check the history</source>
        <translation>核对发送记录</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读…</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>What does not fit</source>
        <translation>对不上的地方</translation>
    </message>
    <message>
        <source>Copy the newest link</source>
        <translation>复制最新一环</translation>
    </message>
    <message>
        <source>Send it to a group…</source>
        <translation>发到群里…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Every finished message has a link in a chain: the hash of what was sent, to which robot, when, what came back, and of the link before. What was changed outside of this program no longer fits.</source>
        <translation>每条完成的消息在校验链里占一环：发了什么、发给哪个机器人、什么时间、收到什么，连同前一环一起算出的哈希。在本程序之外改动过的，就对不上了。</translation>
    </message>
    <message>
        <source>A new message with the newest link: in the group nobody can change it later</source>
        <translation>新写一条带最新一环的消息：发到群里，以后谁也改不了</translation>
    </message>
    <message>
        <source>Newest link: {head}</source>
        <translation>最新一环：{head}</translation>
    </message>
    <message>
        <source>{done} of {total} links</source>
        <translation>{done} / {total} 环</translation>
    </message>
    <message>
        <source>Enter shows the message in the history</source>
        <translation>按回车在发送记录里查看这条消息</translation>
    </message>
    <message>
        <source>The newest link is on the clipboard.</source>
        <translation>最新一环已复制到剪贴板。</translation>
    </message>
</context>
<context>
    <name>VersionsDialog</name>
    <message>
        <source>Earlier versions of the draft</source>
        <translation>草稿的早先版本</translation>
    </message>
    <message>
        <source>Bring this version back</source>
        <translation>恢复这个版本</translation>
    </message>
    <message>
        <source>There is no earlier version yet. While you write, one is kept every few minutes, and one of each send.</source>
        <translation>还没有早先的版本。写的时候每隔几分钟会留一份，每次发送也会留一份。</translation>
    </message>
    <message>
        <source>The earlier version is back. Undo takes you to what stood here before.</source>
        <translation>已恢复到这个版本。撤销可以回到刚才的内容。</translation>
    </message>
    <message>
        <source>{when}, sent</source>
        <translation>{when}，已发送</translation>
    </message>
</context>
<context>
    <name>WayBack</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Begin anew</source>
        <translation>从头开始</translation>
    </message>
    <message>
        <source>What is there is kept beside it, whatever you choose.</source>
        <translation>无论选哪个，现有的文件都会原样保留在旁边。</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>There is a sound backup of {time}. It holds {number} messages, the newest of {newest}; what came later is not in it.</source>
        <translation>有一份完好的备份，备份于 {time}，内有 {number} 条消息，最新一条是 {newest}；之后的内容不在其中。</translation>
    </message>
    <message>
        <source>The database is damaged and cannot be opened.</source>
        <translation>数据文件已损坏，无法打开。</translation>
    </message>
</context>
<context>
    <name>WebhooksDialog</name>
    <message>
        <source>Import robots</source>
        <translation>导入机器人</translation>
    </message>
    <message>
        <source>Rows of the file</source>
        <translation>文件的各行</translation>
    </message>
    <message>
        <source>Tags for all of them</source>
        <translation>给全部加上的标签</translation>
    </message>
    <message>
        <source>Branches, East: a list can gather them by it</source>
        <translation>例如：门店、华东；列表可以按标签汇集</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Robot</source>
        <translation>机器人</translation>
    </message>
    <message>
        <source>Each ticked row becomes a robot. One that does not say that it is a test counts as production.</source>
        <translation>勾选的每一行会成为一个机器人。没有写明是测试的，都算正式。</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>The file goes on; what follows was not read.</source>
        <translation>文件后面还有内容，没有读取。</translation>
    </message>
    <message numerus="yes">
        <source>%n robot(s) will be added</source>
        <translation>
            <numerusform>将添加 %n 个机器人</numerusform>
        </translation>
    </message>
    <message>
        <source>{added}, {left} rows left out</source>
        <translation>{added}，略过 {left} 行</translation>
    </message>
    <message>
        <source>Adding…</source>
        <translation>正在添加…</translation>
    </message>
</context>
<context>
    <name>WebhooksModel</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>域名</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>加签</translation>
    </message>
    <message>
        <source>For</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>这里</translation>
    </message>
    <message>
        <source>row {number}</source>
        <translation>第 {number} 行</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>有</translation>
    </message>
</context>
<context>
    <name>WindowActions</name>
    <message>
        <source>&amp;Message</source>
        <translation>消息(&amp;M)</translation>
    </message>
    <message>
        <source>New message</source>
        <translation>新消息</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Send to several groups…</source>
        <translation>发送到多个群…</translation>
    </message>
    <message>
        <source>Queue…</source>
        <translation>发送队列…</translation>
    </message>
    <message>
        <source>Contacts…</source>
        <translation>联系人…</translation>
    </message>
    <message>
        <source>Calls a month…</source>
        <translation>每月调用次数…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>&amp;Robot</source>
        <translation>机器人(&amp;R)</translation>
    </message>
    <message>
        <source>Add a robot…</source>
        <translation>添加机器人…</translation>
    </message>
    <message>
        <source>Check-up…</source>
        <translation>体检…</translation>
    </message>
    <message>
        <source>Check the robot that the message is for</source>
        <translation>检查这条消息要发往的机器人</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>Search the history…</source>
        <translation>搜索发送记录…</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>写消息</translation>
    </message>
    <message>
        <source>History</source>
        <translation>发送记录</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>沙箱</translation>
    </message>
    <message>
        <source>Follow the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Load pictures</source>
        <translation>加载图片</translation>
    </message>
    <message>
        <source>H&amp;istory</source>
        <translation>发送记录(&amp;I)</translation>
    </message>
    <message>
        <source>Copy as code…</source>
        <translation>复制为代码…</translation>
    </message>
    <message>
        <source>A program that sends it, for curl, Python, Java, CI and others</source>
        <translation>能把它发出去的程序：curl、Python、Java、CI 等</translation>
    </message>
    <message>
        <source>Enter ends the line in the group, too</source>
        <translation>回车在群里也换行</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Carry out what is chosen, found, or everything</source>
        <translation>导出选中的、查到的或全部</translation>
    </message>
    <message>
        <source>Read back an export…</source>
        <translation>读回导出的文件…</translation>
    </message>
    <message>
        <source>Add what was exported as JSON Lines</source>
        <translation>把导出的 JSON Lines 加进来</translation>
    </message>
    <message>
        <source>Check that nothing was changed…</source>
        <translation>核对有没有被改过…</translation>
    </message>
    <message>
        <source>Read the chain of all finished messages through</source>
        <translation>把所有已完成消息的校验链读一遍</translation>
    </message>
    <message>
        <source>Load pictures anew</source>
        <translation>重新加载图片</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>使用说明</translation>
    </message>
    <message>
        <source>How to do it, and what each error means</source>
        <translation>怎么做，每个错误是什么意思</translation>
    </message>
    <message>
        <source>What is new</source>
        <translation>新功能</translation>
    </message>
    <message>
        <source>Choose the robot</source>
        <translation>选择机器人</translation>
    </message>
    <message>
        <source>Edit the robot</source>
        <translation>编辑机器人</translation>
    </message>
    <message>
        <source>Delete the robot</source>
        <translation>删除机器人</translation>
    </message>
    <message>
        <source>Move the robot, button or item up</source>
        <translation>上移机器人、按钮或条目</translation>
    </message>
    <message>
        <source>Move the robot, button or item down</source>
        <translation>下移机器人、按钮或条目</translation>
    </message>
    <message>
        <source>Copy the JSON of a send in the history</source>
        <translation>复制发送记录里一次发送的 JSON</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>About DingComposer</source>
        <translation>关于 DingComposer</translation>
    </message>
    <message>
        <source>Fix what is at the cursor…</source>
        <translation>修正光标处的问题…</translation>
    </message>
    <message>
        <source>One problem, all of its kind, or none of it again</source>
        <translation>修正这一处、全部同类，或者不再提示</translation>
    </message>
    <message>
        <source>What is checked…</source>
        <translation>检查哪些内容…</translation>
    </message>
    <message>
        <source>Choose what you want to be told of</source>
        <translation>选择要提示哪些问题</translation>
    </message>
    <message>
        <source>Close the draft</source>
        <translation>关闭草稿</translation>
    </message>
    <message>
        <source>It can be had back for 30 days: Closed drafts</source>
        <translation>30 天内可以在“已关闭的草稿”里找回</translation>
    </message>
    <message>
        <source>Next draft</source>
        <translation>下一份草稿</translation>
    </message>
    <message>
        <source>Previous draft</source>
        <translation>上一份草稿</translation>
    </message>
    <message>
        <source>Closed drafts…</source>
        <translation>已关闭的草稿…</translation>
    </message>
    <message>
        <source>Earlier versions of the draft…</source>
        <translation>草稿的早先版本…</translation>
    </message>
    <message>
        <source>Pasted tables become lines</source>
        <translation>粘贴的表格改成逐行文字</translation>
    </message>
    <message>
        <source>Phones draw no tables, but lines</source>
        <translation>手机上显示不了表格，逐行文字可以</translation>
    </message>
    <message>
        <source>Paste as plain text</source>
        <translation>粘贴为纯文本</translation>
    </message>
    <message>
        <source>Message as a form or as JSON</source>
        <translation>消息在表单和 JSON 之间切换</translation>
    </message>
    <message>
        <source>Two messages side by side…</source>
        <translation>左右并排对比两条消息…</translation>
    </message>
    <message>
        <source>Compare the two that are chosen in the table</source>
        <translation>对比表中选中的两条</translation>
    </message>
    <message>
        <source>Paste anything…</source>
        <translation>粘贴任意内容…</translation>
    </message>
    <message>
        <source>Templates…</source>
        <translation>模板…</translation>
    </message>
    <message>
        <source>Fill in a notice that was written once already</source>
        <translation>写过一次的通知，填几项就能再发</translation>
    </message>
    <message>
        <source>Keep as a template…</source>
        <translation>存为模板…</translation>
    </message>
    <message>
        <source>What is another each time becomes a field to fill in</source>
        <translation>每次不一样的内容变成填写项</translation>
    </message>
    <message>
        <source>Move the item of the list a level in</source>
        <translation>列表项缩进一级</translation>
    </message>
    <message>
        <source>Move the item of the list a level out</source>
        <translation>列表项退回一级</translation>
    </message>
    <message>
        <source>End the line within the item of the list</source>
        <translation>在同一列表项内换行</translation>
    </message>
    <message>
        <source>Command palette…</source>
        <translation>命令面板…</translation>
    </message>
    <message>
        <source>Find…</source>
        <translation>查找…</translation>
    </message>
    <message>
        <source>Find and replace in the message…</source>
        <translation>在消息中查找和替换…</translation>
    </message>
    <message>
        <source>Line numbers</source>
        <translation>行号</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>放大正文</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>缩小正文</translation>
    </message>
    <message>
        <source>Text in its usual size</source>
        <translation>正文恢复默认大小</translation>
    </message>
    <message>
        <source>In the message; in the history on its page</source>
        <translation>在消息中查找；在发送记录页则查找发送记录</translation>
    </message>
    <message>
        <source>Keep and back up the history…</source>
        <translation>保留和备份发送记录…</translation>
    </message>
    <message>
        <source>How long it is kept, backups, checks</source>
        <translation>保留多久、备份、检查</translation>
    </message>
    <message>
        <source>Lists of robots…</source>
        <translation>机器人列表…</translation>
    </message>
    <message>
        <source>Send at a time…</source>
        <translation>定时发送…</translation>
    </message>
    <message>
        <source>Tomorrow at nine, each weekday, each last Friday</source>
        <translation>明天九点、每个工作日、每月最后一个星期五</translation>
    </message>
    <message>
        <source>Keep running in the background…</source>
        <translation>在后台继续运行…</translation>
    </message>
    <message>
        <source>Schedules</source>
        <translation>定时</translation>
    </message>
    <message>
        <source>Import robots…</source>
        <translation>导入机器人…</translation>
    </message>
    <message>
        <source>Export robots and more…</source>
        <translation>导出机器人和其他数据…</translation>
    </message>
    <message>
        <source>One message, sent to each robot of a list</source>
        <translation>一条消息，发给列表里的每个机器人</translation>
    </message>
    <message>
        <source>Open a file…</source>
        <translation>打开文件…</translation>
    </message>
    <message>
        <source>Save as a file…</source>
        <translation>保存成文件…</translation>
    </message>
    <message>
        <source>Drafts are saved by themselves</source>
        <translation>草稿会自动保存</translation>
    </message>
    <message>
        <source>One message for each row…</source>
        <translation>表格每行一条消息…</translation>
    </message>
</context>
<context>
    <name>WindowLaunchers</name>
    <message>
        <source>Write a message first: it is what the program sends.</source>
        <translation>请先写消息，复制出的程序发送的就是它。</translation>
    </message>
</context>
<context>
    <name>Zones</name>
    <message>
        <source>Coordinated Universal Time (UTC)</source>
        <translation>世界标准时间（UTC）</translation>
    </message>
    <message>
        <source>Beijing time (China)</source>
        <translation>北京时间（中国）</translation>
    </message>
    <message>
        <source>Hong Kong</source>
        <translation>香港</translation>
    </message>
    <message>
        <source>Taipei</source>
        <translation>台北</translation>
    </message>
    <message>
        <source>Urumqi (Xinjiang time)</source>
        <translation>乌鲁木齐（新疆时间）</translation>
    </message>
    <message>
        <source>Singapore</source>
        <translation>新加坡</translation>
    </message>
    <message>
        <source>Tokyo</source>
        <translation>东京</translation>
    </message>
    <message>
        <source>Seoul</source>
        <translation>首尔</translation>
    </message>
    <message>
        <source>Bangkok</source>
        <translation>曼谷</translation>
    </message>
    <message>
        <source>Ho Chi Minh City</source>
        <translation>胡志明市</translation>
    </message>
    <message>
        <source>Jakarta</source>
        <translation>雅加达</translation>
    </message>
    <message>
        <source>Manila</source>
        <translation>马尼拉</translation>
    </message>
    <message>
        <source>New Delhi, Mumbai</source>
        <translation>新德里、孟买</translation>
    </message>
    <message>
        <source>Dubai</source>
        <translation>迪拜</translation>
    </message>
    <message>
        <source>Moscow</source>
        <translation>莫斯科</translation>
    </message>
    <message>
        <source>Istanbul</source>
        <translation>伊斯坦布尔</translation>
    </message>
    <message>
        <source>Berlin</source>
        <translation>柏林</translation>
    </message>
    <message>
        <source>Paris</source>
        <translation>巴黎</translation>
    </message>
    <message>
        <source>London</source>
        <translation>伦敦</translation>
    </message>
    <message>
        <source>Johannesburg</source>
        <translation>约翰内斯堡</translation>
    </message>
    <message>
        <source>São Paulo</source>
        <translation>圣保罗</translation>
    </message>
    <message>
        <source>New York</source>
        <translation>纽约</translation>
    </message>
    <message>
        <source>Chicago</source>
        <translation>芝加哥</translation>
    </message>
    <message>
        <source>Los Angeles</source>
        <translation>洛杉矶</translation>
    </message>
    <message>
        <source>Sydney</source>
        <translation>悉尼</translation>
    </message>
    <message>
        <source>Auckland</source>
        <translation>奥克兰</translation>
    </message>
    <message>
        <source>Africa</source>
        <translation>非洲</translation>
    </message>
    <message>
        <source>America</source>
        <translation>美洲</translation>
    </message>
    <message>
        <source>Antarctica</source>
        <translation>南极洲</translation>
    </message>
    <message>
        <source>Asia</source>
        <translation>亚洲</translation>
    </message>
    <message>
        <source>Atlantic</source>
        <translation>大西洋</translation>
    </message>
    <message>
        <source>Australia</source>
        <translation>澳大利亚</translation>
    </message>
    <message>
        <source>Europe</source>
        <translation>欧洲</translation>
    </message>
    <message>
        <source>Indian Ocean</source>
        <translation>印度洋</translation>
    </message>
    <message>
        <source>Pacific</source>
        <translation>太平洋</translation>
    </message>
    <message>
        <source>{region}, {city}</source>
        <translation>{region} · {city}</translation>
    </message>
</context>
<context>
    <name>_Chips</name>
    <message>
        <source>Remove {filter}</source>
        <translation>移除“{filter}”</translation>
    </message>
</context>
<context>
    <name>_Entry</name>
    <message>
        <source>Request {number}</source>
        <translation>请求 {number}</translation>
    </message>
</context>
<context>
    <name>_Limit</name>
    <message>
        <source>for ever</source>
        <translation>一直保留</translation>
    </message>
    <message>
        <source>for days</source>
        <translation>保留天数</translation>
    </message>
    <message>
        <source>the newest</source>
        <translation>只留最新的</translation>
    </message>
    <message>
        <source> days</source>
        <translation> 天</translation>
    </message>
    <message>
        <source> messages</source>
        <translation> 条消息</translation>
    </message>
</context>
<context>
    <name>_PageView</name>
    <message>
        <source>Page of the guide</source>
        <translation>使用说明的内容</translation>
    </message>
</context>
<context>
    <name>_Preview</name>
    <message>
        <source>Looking …</source>
        <translation>正在查找…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) would go.</source>
        <translation>
            <numerusform>将删除 %Ln 条消息。</numerusform>
        </translation>
    </message>
    <message>
        <source>From {first} to {last}</source>
        <translation>从 {first} 到 {last}</translation>
    </message>
    <message numerus="yes">
        <source>And %n thing(s) of the past beside them: closed drafts, earlier versions, rehearsals, what was given to templates, kept searches, tables.</source>
        <translation>
            <numerusform>另外还会删除 %n 处已经过去的内容：已关闭的草稿、草稿的历次版本、试发记录、填过的模板内容、保存的搜索、已发完的表格等。</numerusform>
        </translation>
    </message>
    <message>
        <source>In use, and not deleted here: {places}. Change or delete them there.</source>
        <translation>正在使用、不会在这里删除的：{places}。请到相应的地方修改或删除。</translation>
    </message>
    <message numerus="yes">
        <source>%n open draft(s)</source>
        <translation>
            <numerusform>%n 份打开的草稿</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n template(s)</source>
        <translation>
            <numerusform>%n 个模板</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n schedule(s)</source>
        <translation>
            <numerusform>%n 个定时任务</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n table(s) under way</source>
        <translation>
            <numerusform>%n 份未发完的表格</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n contact(s)</source>
        <translation>
            <numerusform>%n 个联系人</numerusform>
        </translation>
    </message>
    <message>
        <source>{outcome} {number}</source>
        <translation>{outcome} {number} 条</translation>
    </message>
    <message>
        <source>{stage}: {outcomes}</source>
        <translation>{stage}：{outcomes}</translation>
    </message>
</context>
</TS>
